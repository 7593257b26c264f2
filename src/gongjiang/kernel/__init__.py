"""The ground: pure values and laws that every floor may stand on."""
