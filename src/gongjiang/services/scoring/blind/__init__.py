"""Blind reviews: codes for names, covered words, redacted copies in place of files."""
