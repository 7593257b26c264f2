"""Names of groups that may be one and the same: shown to people before a list closes, never joined by a machine."""

import re
from collections.abc import Iterable
from itertools import combinations
from typing import Final

from gongjiang.kernel.text import same_name

_KIND: Final = re.compile(r"（[^）]*）|有限责任公司|(股份|集团)?有限公司|集团公司|控股集团|集团|控股|股份|总?公司")
SHORTEST: Final = 4
"""Shorter names differ in one character as often as not."""


def near_names(names: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Sets of different names that are the same without 集团, 有限公司 and the like, or but for one character."""
    listed = sorted(set(names))
    found: dict[str, set[str]] = {one: {one} for one in listed}
    for one, other in combinations(listed, 2):
        if _near(one, other):
            joined = found[one] | found[other]
            for name in joined:
                found[name] = joined
    return tuple(sorted({tuple(sorted(one)) for one in found.values() if len(one) > 1}))


def _near(one: str, other: str) -> bool:
    bare, bare_other = _bare(one), _bare(other)
    if bare == bare_other:
        return bool(bare)
    short, long = sorted((bare, bare_other), key=len)
    if len(short) >= SHORTEST and short in long:
        return True
    return len(short) >= SHORTEST and _one_apart(short, long)


def _bare(name: str) -> str:
    return _KIND.sub("", same_name(name))


def _one_apart(short: str, long: str) -> bool:
    """Do they differ by one character put in, left out or changed?"""
    if len(long) - len(short) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest = short[start:] if len(short) < len(long) else short[start + 1 :]
    return rest == long[start + 1 :]
