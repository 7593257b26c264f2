"""Programs for people who need not have ours: one file each, nothing but Python."""
