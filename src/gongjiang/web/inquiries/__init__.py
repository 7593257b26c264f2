"""Matters about a nominee, a unit or an honour."""
