"""待办: what waits for a person, read from open rows and never stored (so it can't be out of date)."""
