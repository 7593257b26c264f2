"""Certificates: their numbers, their words, what they say to machines."""
