"""Processes over honours and units: which are due, rounds opened, outcomes settled, what follows from them."""
