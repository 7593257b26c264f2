"""The log as a Merkle tree, and what is signed of it."""
