"""Benefits by level and standing, and the money planned for them and for the cultivation: what is due, what fits."""
