"""Runs artisan-talent programmes from the notice to the end of an artisan's term."""
