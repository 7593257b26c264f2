"""Public notices: publish, settle, object, handle, decide, substitute."""
