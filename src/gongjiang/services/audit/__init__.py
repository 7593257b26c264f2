"""The audit log: every change of state writes its entry in the same transaction."""
