"""Packs, editions, their preparation and their cockpit."""
