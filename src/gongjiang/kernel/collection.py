"""The collector of cycles, let rest while very many small things are made that are all kept."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """No search for cycles inside: over 300,000 cells it took as long as reading them, and found none.

    Also a decorator. What has cycles waits until afterwards; memory that is counted out is given back as ever.
    """
    held = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if held:
            gc.enable()


def settle() -> None:
    """What is loaded by now stays to the end: no search looks at it again, and there are fewer of them. For what runs
    long (a server, a rehearsal, a run of tests): searches took a tenth of its work."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)
