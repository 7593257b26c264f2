"""An artisan's mentors: proposed, agreed by both sides, changed; the artisan's own apprentices."""
