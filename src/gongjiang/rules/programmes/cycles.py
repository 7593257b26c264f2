"""In which years an edition may be opened (mechanisms 10)."""

import re
from collections.abc import Collection
from typing import Final

_YEAR: Final = re.compile(r"-[0-9]{4}$")


def family(programme: str) -> str:
    """A programme through the years: each edition's notice is a pack with the year in its id.

    >>> family("nanning-2026"), family("province-star")
    ('nanning', 'province-star')
    """
    return _YEAR.sub("", programme)


def next_year(every: int, first: int, held: Collection[int], taken: Collection[int]) -> int:
    """The year of the next edition: `every` years after the last one (`held`: those opened in the cycle), the first
    one in `first`; years that another programme takes (`taken`) are passed over."""
    return _free(max(held) + max(every, 1) if held else first, taken)


def out_of_turn(
    year: int, every: int, first: int, held: Collection[int], taken: Collection[int], rival: str = ""
) -> str:
    """Why an edition isn't to be opened in a year, for people; blank where it may: in the year of the next one, or
    later where that was missed. `rival`: what the other programme is called."""
    due = next_year(every, first, held, taken)
    if year in taken:
        return f"{year}年是“{rival}”的评选年，本项目跳过这一年，下一届为{_free(max(due, year), taken)}年"
    if year < due:
        last = f"上一届在{max(held)}年，" if held else ""
        return f"评选每{every}年一届，{last}下一届为{due}年，{year}年不在周期内"
    return ""


def _free(year: int, taken: Collection[int]) -> int:
    """The year, or the first after it that nobody takes."""
    while year in taken:
        year += 1
    return year
