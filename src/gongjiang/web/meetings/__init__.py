"""Meetings while they are held."""
