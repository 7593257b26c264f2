"""Camps, courses and activities: planned, joined, attended; and the rounds of 测—学—践—评."""
