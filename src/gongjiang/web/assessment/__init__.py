"""Pages of processes over honours and units: what is due, a round opened, its settling, an artisan's own calendar."""
