"""Inquiries: on which grounds, by which steps, and when a decision may be taken."""
