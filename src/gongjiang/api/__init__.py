"""Floor api of the house."""
