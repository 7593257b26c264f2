"""Measurements against the bars of the project; each file prints its figures and ends with one JSON line."""
