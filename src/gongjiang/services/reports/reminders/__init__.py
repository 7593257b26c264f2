"""Reminders before an end: who is waited for, on which days, once each."""
