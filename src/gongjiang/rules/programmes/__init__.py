"""Programmes as data: the pack, its conditions and its checks."""
