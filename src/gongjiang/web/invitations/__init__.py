"""One-time links: shown once to whoever sends them, and how often anybody may knock."""
