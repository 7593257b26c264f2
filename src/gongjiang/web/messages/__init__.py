"""待办 and the inbox."""
