"""How a command that works on large tables, and then ends, asks for memory."""

import os

LARGE_TABLES = frozenset({"screen", "simulate"})
"""Commands that work on whole lists of people."""
KEPT = "dirty_decay_ms:-1,muzzy_decay_ms:-1"


def keep_memory() -> None:
    """What polars' allocator once had stays with the process until its end.

    Giving memory back and asking for it again between two steps costs more the larger the columns are: twice the
    people took 2.2 times as long, and 1.9 times with this (decision 9). To be called before polars is loaded, and
    never by a server. Whoever has set the variable is left alone.
    """
    os.environ.setdefault("_RJEM_MALLOC_CONF", KEPT)
