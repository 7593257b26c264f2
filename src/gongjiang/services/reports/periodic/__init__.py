"""Periodic reports: a union asks, units write with figures out of the data, review, submit; received, summed, kept."""
