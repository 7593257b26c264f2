"""Sheets of paper: the code on each page, and what changed since one was printed."""
