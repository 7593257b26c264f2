"""The officer's desk: queues, one page a nominee, decisions, judgements, opinions."""
