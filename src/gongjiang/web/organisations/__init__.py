"""The tree of units, their people and grants."""
