"""How a command asks for memory: one that works on large tables, and then ends; one that serves for long."""

import ctypes
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


TRIM, MMAP = -1, -3
"""Names of glibc's settings, as in its malloc.h."""
LARGEST_BLOCK = 32 << 20


def keep_blocks() -> None:
    """Blocks of up to 32 MB come from memory that the process has, and 64 MB of what is free stay with it.

    glibc comes to these settings by itself once it has freed so large a block; until then every array and every piece
    of a workbook is asked of the system and cleared anew, a fifth of the time that checking ten thousand rows takes
    (decision 22). Where the C library is another one, nothing is set.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (AttributeError, OSError, TypeError):
        return
    mallopt(MMAP, LARGEST_BLOCK)
    mallopt(TRIM, 2 * LARGEST_BLOCK)
