"""Pages of mentors and apprentices: of one artisan, of the mentor, behind a one-time link."""
