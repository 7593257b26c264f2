"""Floor cli of the house."""
