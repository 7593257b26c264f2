"""Comparisons, one file each; every module names its classes in OPERATORS."""
