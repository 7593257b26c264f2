"""The front page: what needs no login."""
