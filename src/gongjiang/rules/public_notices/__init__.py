"""Public notices: what may stand on them, and how long they last."""
