"""Naming, and the register of honours."""
