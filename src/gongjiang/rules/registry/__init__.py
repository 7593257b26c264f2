"""Lists from elsewhere: a row read, typed and checked."""
