"""Rules of a pack over people in a file: who meets them, and who would under other values. Touches no database."""
