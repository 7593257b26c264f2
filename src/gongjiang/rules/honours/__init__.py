"""Honours: what follows from a decision, and under which title an award is conferred."""
