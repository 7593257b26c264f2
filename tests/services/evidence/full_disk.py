"""A disk that is full midway: the system's own limit on the size of a file, set while something is stored."""

import resource
from collections.abc import Callable
from typing import BinaryIO

from gongjiang.services.evidence import storage


def on_a_full_disk(room: int) -> Callable[..., str]:
    """What stands in for `storage.keep`: the same, with room for so many bytes."""
    keep = storage.keep

    def small(name: str, content: BinaryIO, area: str = storage.FILES) -> str:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
        try:
            return keep(name, content, area)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return small
