"""The audit chain is whole: nothing altered, missing or swapped."""

from collections.abc import Iterator

from gongjiang.services.audit.verify import verify

NUMBER = 11
LAW = "审计链完整：没有改动、缺失或调换"


def violations() -> Iterator[str]:
    """What the walk along the chain found."""
    yield from verify().problems
