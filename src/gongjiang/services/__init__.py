"""Who acts: one file a use case (a verb) with its transaction, actor, time and audit; `queries.py` reads."""
