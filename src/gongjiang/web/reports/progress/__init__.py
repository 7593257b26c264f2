"""Pages of progress: the board, and the lists behind its figures."""
