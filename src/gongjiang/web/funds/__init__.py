"""Pages of benefits and of the money: who is due what, budgets, appointments."""
