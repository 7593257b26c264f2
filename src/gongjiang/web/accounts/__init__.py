"""Signing in, choosing an identity, one's password."""
