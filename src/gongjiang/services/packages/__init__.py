"""Use cases of this room."""
