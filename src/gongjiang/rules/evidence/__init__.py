"""Uploaded files: what may be taken, judged by their bytes."""
