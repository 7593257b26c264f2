"""What a notice aims at, read so that it can be held against what stands (measures-2025 第二条; ledger M-01, N-01)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from re import search
from typing import Final

LEVELS: Final[Mapping[str, str]] = {
    "national": "大国工匠",
    "province": "省级工匠",
    "city": "市级工匠",
    "county": "县级工匠",
}
"""Levels that artisans have, highest first, as people call them."""

WORDS: Final = (
    ("大国工匠", "national"),
    ("省部级", "province"),
    ("省级", "province"),
    ("市级", "city"),
    ("县级", "county"),
)


@dataclass(frozen=True, slots=True)
class Aim:
    """So many at a level: in all by the end of a year (`by`), or within an edition (`by` None)."""

    label: str
    level: str
    value: int
    by: int | None
    cite: str


def aim_of(label: str, value: object, cite: str, level: str = "") -> Aim | None:
    """A target as a notice words it ('到2035年：省级工匠'); None where it names no level or no number. `level`: of the
    notice's own award, where its words name none.

    >>> aim_of("到2035年：省级工匠", 10000, "第二条")
    Aim(label='到2035年：省级工匠', level='province', value=10000, by=2035, cite='第二条')
    """
    found = next((one for word, one in WORDS if word in label), level)
    text = str(value)
    if found not in LEVELS or not (text.isascii() and text.isdecimal() and len(text) < 10):
        return None
    year = search(r"到(\d{4})年", label)
    return Aim(label, found, int(text), int(year.group(1)) if year else None, cite)


def level_label(level: str) -> str:
    """A level as people call it.

    >>> level_label("city"), level_label("")
    ('市级工匠', '其他')
    """
    return LEVELS.get(level, "其他")


def pace(aim: Aim, begun: int, years: Sequence[int]) -> list[int]:
    """Where an even pace from nothing at the end of the year `begun` would stand at the end of each year.

    >>> pace(Aim("", "national", 2000, 2035, ""), 2025, [2025, 2030, 2035, 2036])
    [0, 1000, 2000, 2000]
    """
    if aim.by is None or aim.by <= begun:
        return [aim.value for _ in years]
    return [aim.value * min(max(one - begun, 0), aim.by - begun) // (aim.by - begun) for one in years]
