"""A pack under an upper pack: what it takes over, what it changes, what of that is a departure (`extends`)."""
