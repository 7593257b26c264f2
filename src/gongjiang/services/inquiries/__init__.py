"""Inquiries: open a matter, tell and hear whom it concerns, decide by two people, carry the decision out."""
