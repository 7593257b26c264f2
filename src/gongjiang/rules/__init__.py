"""Who decides: pure rules. They take facts and give decisions; no framework, file, clock or database."""
