"""Pages of an artisan's plan: read, written, agreed, printed; its milestones."""
