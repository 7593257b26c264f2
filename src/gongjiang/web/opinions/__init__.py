"""Opinions of a case on a page of their own, and the page behind a one-time link."""
