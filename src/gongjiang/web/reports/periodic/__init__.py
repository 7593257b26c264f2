"""Pages of periodic reports: those owed, those asked for, one report, the lists behind its figures."""
