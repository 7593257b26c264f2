"""What a sitting may decide, and in which order it takes its people."""
