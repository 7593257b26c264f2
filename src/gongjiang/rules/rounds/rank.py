"""Ranking by a chain of keys (mechanisms 5): never by id, never by the order of input.

A place says which key decided it. Whoever is open on a key that is needed stands apart (未定), never last.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby
from typing import Literal

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import decimal_text
from gongjiang.kernel.truth import Truth, Unknown

Ties = Literal["equal", "meeting", "draw"]
#: What a case has under a key: points, a truth (true before false), or not known.
Value = Fraction | int | Interval | Truth | Unknown


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an order, high first unless `low` (an order sent up and an earlier list are `low`)."""

    id: str
    label: str
    low: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One case with its values, one a key."""

    case: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Rung:
    """Cases of one place. `number` counts as in a competition: 1, 1, 3.

    `decided` says which key set it apart from the place above (for the first: from the next);
    `needs` is meeting or draw while a tie of several cases is to be settled so.
    """

    number: int
    cases: frozenset[str]
    decided: str
    needs: Literal["", "meeting", "draw"] = ""


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that can't be placed yet, and the key that is not known."""

    case: str
    key: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order of rungs, best first, and whoever stands apart."""

    rungs: tuple[Rung, ...]
    open: tuple[OpenCase, ...] = ()

    def number_of(self, case: str) -> int | None:
        """The place of a case; None while it is open."""
        return next((rung.number for rung in self.rungs if case in rung.cases), None)

    @property
    def cases(self) -> frozenset[str]:
        """Everybody who was ranked or stands apart."""
        placed = (rung.cases for rung in self.rungs)
        return frozenset().union(*placed, (one.case for one in self.open))


def rank(
    entries: Iterable[Entry], keys: Sequence[Key], *, ties: Ties = "equal", settled: Sequence[str] = ()
) -> Ranking:
    """Rank the cases. `settled` is the recorded order that a meeting or a draw gave to tied cases.

    Without keys all are equal. Raises ValueError if a case is entered twice or lacks a value.
    """
    listed = tuple(entries)
    if len({one.case for one in listed}) != len(listed):
        raise ValueError("a case is entered twice")
    if any(len(one.values) != len(keys) for one in listed):
        raise ValueError("one value a key")
    open_cases: list[OpenCase] = []
    groups = _settle(list(_split(listed, keys, 0, open_cases)), settled if ties != "equal" else ())
    rungs: list[Rung] = []
    number = 1
    for i, group in enumerate(groups):
        other = groups[i - 1] if i else (groups[1] if len(groups) > 1 else None)
        needs = ties if ties != "equal" and len(group) > 1 else ""
        rungs.append(Rung(number, frozenset(one.case for one in group), _decided(group, other, keys), needs))
        number += len(group)
    return Ranking(tuple(rungs), tuple(sorted(open_cases, key=lambda one: one.case)))


def _number(value: Value) -> Fraction | None:
    """The value as one exact number, larger is more; None while it is not known."""
    if isinstance(value, Truth):
        return {Truth.TRUE: Fraction(1), Truth.FALSE: Fraction(0)}.get(value)
    if isinstance(value, Interval):
        return value.low if value.known else None
    return None if isinstance(value, Unknown) else Fraction(value)


def _split(entries: tuple[Entry, ...], keys: Sequence[Key], at: int, apart: list[OpenCase]) -> Iterable[list[Entry]]:
    """Groups of equals, best first. A key is asked only of cases that the keys before it leave equal."""
    if at == len(keys) or (len(entries) == 1 and at > 0):
        if entries:
            yield list(entries)
        return
    key = keys[at]
    known = [(value, one) for one in entries if (value := _number(one.values[at])) is not None]
    for one in entries:
        if _number(one.values[at]) is None:
            apart.append(OpenCase(one.case, key.id, f"{key.label}未定{_range(one.values[at])}，暂不排名"))
    known.sort(key=lambda pair: pair[0], reverse=not key.low)
    for _, same in groupby(known, key=lambda pair: pair[0]):
        yield from _split(tuple(one for _, one in same), keys, at + 1, apart)


def _settle(groups: list[list[Entry]], settled: Sequence[str]) -> list[list[Entry]]:
    """Ties broken by a recorded order; a tie that the record doesn't name wholly stays a tie."""
    order = {case: i for i, case in enumerate(settled)}
    found: list[list[Entry]] = []
    for group in groups:
        if len(group) > 1 and all(one.case in order for one in group):
            found.extend([one] for one in sorted(group, key=lambda one: order[one.case]))
        else:
            found.append(group)
    return found


def _decided(group: list[Entry], other: list[Entry] | None, keys: Sequence[Key]) -> str:
    """The key that sets two neighbouring places apart, with its value: `从事年限 22`."""
    if other is None:
        return ""
    for i, key in enumerate(keys):
        mine = _number(group[0].values[i])
        if mine is None:
            return ""
        if mine != _number(other[0].values[i]):
            return f"{key.label} {shown(group[0].values[i])}"
    return "同分后另定次序" if keys else ""


def shown(value: Value) -> str:
    """A value for people: 88.5, 是, [37.9, 77.9], 未定."""
    if isinstance(value, Truth):
        return {Truth.TRUE: "是", Truth.FALSE: "否"}.get(value, "未定")
    if isinstance(value, Interval):
        return decimal_text(value.low) if value.known else f"[{decimal_text(value.low)}, {decimal_text(value.high)}]"
    return "未定" if isinstance(value, Unknown) else decimal_text(Fraction(value))


def _range(value: Value) -> str:
    return shown(value) if isinstance(value, Interval) else ""
