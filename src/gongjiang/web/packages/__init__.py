"""Archives and printed books: asked for on a page, watched while they are made, taken when they are there."""
