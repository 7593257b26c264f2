"""The parts pages are made of: template tags, their geometry, reading of rows; looks are in static/css."""
