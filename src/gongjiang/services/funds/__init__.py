"""Benefits given to artisans, appointments for them, and the money: budgets, approvals, what was spent."""
