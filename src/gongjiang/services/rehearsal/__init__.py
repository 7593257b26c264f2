"""A dry run of a whole edition with invented people, through the very same services as in earnest."""
