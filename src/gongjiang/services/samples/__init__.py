"""The invented cast and the sample editions of `make run`."""
