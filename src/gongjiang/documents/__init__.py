"""Who prints: frozen dataclasses in, bytes out. Knows no pack, no case and no database."""
