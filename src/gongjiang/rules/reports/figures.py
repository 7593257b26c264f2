"""The figures of a report: each is the length of a list of honours or of entries, and keeps that list."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

HELD: Final = ("trainee", "stands")
YOUNG: Final = ("35岁及以下", "36—45岁")


@dataclass(frozen=True, slots=True)
class Person:
    """An honour as it counts on the day of a report."""

    id: int
    level: str
    state: str
    begun: date
    gender: str = ""
    age: str = ""
    unit: int | None = None


@dataclass(frozen=True, slots=True)
class Doing:
    """A confirmed entry of a log within the period. `person`: the honour."""

    id: int
    person: int
    kind: str


@dataclass(frozen=True, slots=True)
class Figure:
    """`id` tells table, row and column; `of`: what the list behind it is of ('honours', 'entries', 'spending' …);
    `amounts`: what each of the list is worth in 分, of a figure that is a sum of money."""

    id: str
    of: str
    ids: tuple[int, ...]
    amounts: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        """The figure."""
        return total(self.ids, self.amounts)


def total(ids: Sequence[int], amounts: Sequence[int]) -> int:
    """The figure that a list makes: how long it is, or the sum of its amounts.

    >>> total([4, 9], []), total([4, 9], [1050, 200])
    (2, 1250)
    """
    return sum(amounts) if amounts else len(ids)


COLUMNS: Final[Mapping[str, str]] = {
    "trainee": "培育对象",
    "stands": "已认定",
    "new": "本期新增",
    "women": "女",
    "young": "45岁及以下",
    "ended": "期满",
    "fell": "暂停或撤销",
}
"""Of the table of levels. Women and the young are among those held; trainees are no artisans yet (X-06)."""

TESTS: Final[Mapping[str, Callable[[Person, date], bool]]] = {
    "trainee": lambda one, since: one.state == "trainee",
    "stands": lambda one, since: one.state == "stands",
    "new": lambda one, since: one.begun >= since,
    "women": lambda one, since: one.state in HELD and one.gender == "女",
    "young": lambda one, since: one.state in HELD and one.age in YOUNG,
    "ended": lambda one, since: one.state == "ended",
    "fell": lambda one, since: one.state in ("suspended", "revoked"),
}


def figures(people: Iterable[Person], doings: Iterable[Doing], since: date, levels: Iterable[str]) -> list[Figure]:
    """All figures of a report: by level, by kind of activity, by unit below; lists in the order of their ids."""
    everybody = sorted(people, key=lambda one: one.id)
    done = sorted(doings, key=lambda one: one.id)
    found = []
    for level in levels:
        for column, test in TESTS.items():
            ids = tuple(one.id for one in everybody if one.level == level and test(one, since))
            found.append(Figure(f"p.{level}.{column}", "honours", ids))
    for kind in sorted({one.kind for one in done}):
        found.append(Figure(f"k.{kind}.entries", "entries", tuple(one.id for one in done if one.kind == kind)))
        persons = tuple(sorted({one.person for one in done if one.kind == kind}))
        found.append(Figure(f"k.{kind}.people", "honours", persons))
    for unit in sorted({one.unit for one in everybody if one.unit is not None}):
        for state in HELD:
            ids = tuple(one.id for one in everybody if one.unit == unit and one.state == state)
            found.append(Figure(f"u.{unit}.{state}", "honours", ids))
    return found
