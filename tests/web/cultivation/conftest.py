"""Ground of these tests: artisans who are looked after (kept.py)."""

from tests.services.cultivation.kept import found, kept_once

__all__ = ["found", "kept_once"]
