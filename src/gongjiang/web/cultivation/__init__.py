"""Pages of what follows an honour: the artisan's own, and those of who look after artisans."""
