"""One module a command; the dispatcher finds them by being here."""
