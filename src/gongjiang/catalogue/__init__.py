"""What the notices say: packs, forms, code lists and calendars, as data."""
