"""Processes over honours and units: when one is due, what follows from its tiers (mechanisms 10)."""
