"""One-time links: for whoever has no account, to say one thing about one case."""
