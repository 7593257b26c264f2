"""Who wires: settings, addresses, entry points."""
