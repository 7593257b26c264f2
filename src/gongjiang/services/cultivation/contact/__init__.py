"""Regular contact with artisans: recorded, what they asked answered, nobody forgotten; the mid-term check."""
