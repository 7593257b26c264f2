"""An artisan's page, put together of what each room has to say: for those who look after them, and their own."""
