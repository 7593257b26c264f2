"""Kept figures equal the lists they stand for."""

from collections.abc import Iterator

from gongjiang.services.tallies.rebuild import differences

NUMBER = 2
LAW = "保存的统计数与名册、培育记录的明细一致"


def violations() -> Iterator[str]:
    """Figures that differ from their lists."""
    yield from differences()
