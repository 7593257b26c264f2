"""Honours: confer them by a document, read the register."""
