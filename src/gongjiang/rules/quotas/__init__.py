"""Counts, quotas and shares: how much of a list a pack allows, asks or prefers."""
