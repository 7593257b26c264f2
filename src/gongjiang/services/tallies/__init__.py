"""Kept figures of honours and of what their holders do: moved in the transaction in which either changes."""

from gongjiang.services.tallies.entries import entries_moved, entry_moved
from gongjiang.services.tallies.listed import recount_listed
from gongjiang.services.tallies.recount import recount

__all__ = ["entries_moved", "entry_moved", "recount", "recount_listed"]
