"""A nominating unit's desk: its people in order, its places, the summary sheet, sending upward."""
