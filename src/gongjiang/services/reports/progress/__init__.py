"""How far things have come: artisans and trainees per level, year and region against what was aimed at."""
