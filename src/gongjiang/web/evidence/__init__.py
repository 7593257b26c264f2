"""Files of nominations in a browser: downloads, the viewer, pictures of pages."""
