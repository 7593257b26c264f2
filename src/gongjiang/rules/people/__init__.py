"""People: one person is one record for life (ledger X-01)."""
