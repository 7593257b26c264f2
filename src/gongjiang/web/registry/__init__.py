"""Registers on screen: what they cover, lists brought in, people to be told apart."""
