"""What conditions over a list share: reading the list, counting it in words, aiming at some or all of it."""

from collections.abc import Iterator
from itertools import combinations, islice
from typing import Any, Final

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.base import Condition, Reader
from gongjiang.rules.programmes.drafts import Draft
from gongjiang.rules.programmes.explain import Verdict, united
from gongjiang.rules.programmes.paths import BadCondition
from gongjiang.rules.programmes.problems import Path

_CHOICES: Final = 2000
"""Subsets tried at most; a pack's lists have a dozen parts."""


def conditions(raw: Any, reader: Reader, at: Path) -> tuple[Condition, ...]:
    """A list of conditions, not empty."""
    if not isinstance(raw, list | tuple) or not raw:
        raise BadCondition("须是一列条件，且不能为空。", "A list of conditions is needed.", at)
    return tuple(reader.condition(one, (*at, n)) for n, one in enumerate(raw))


def tally(parts: tuple[Verdict, ...], met: str, broken: str = "") -> str:
    """已确认0项，待认定2项（具有工艺专长、掌握高超技能）."""
    yes = [one for one in parts if one.truth is Truth.TRUE]
    no = [one for one in parts if one.truth is Truth.FALSE]
    maybe = [one for one in parts if one.truth is Truth.UNKNOWN]
    words = [f"{met}{len(yes)}项{_names(yes) if not broken else ''}"]
    if broken and no:
        words.append(f"{broken}{len(no)}项{_names(no)}")
    if maybe:
        judged = all(gap.kind == "judged" for gap in united(maybe))
        words.append(f"{'待认定' if judged else '待补'}{len(maybe)}项{_names(maybe)}")
    return "，".join(words)


def aim_all(of: tuple[Condition, ...], draft: Draft, want: bool, row: str) -> Iterator[Draft]:
    """Every part as wanted."""
    if not of:
        yield draft
        return
    for narrowed in of[0].aim(draft, want, row):
        yield from aim_all(of[1:], narrowed, want, row)


def aim_some(number: int, of: tuple[Condition, ...], draft: Draft, want: bool, row: str) -> Iterator[Draft]:
    """At least `number` parts as wanted, chosen at random; nothing when there are not so many."""
    if number > len(of):
        return
    mixed = draft.rng.sample(of, len(of))
    for chosen in islice(combinations(mixed, max(number, 0)), _CHOICES):
        yield from aim_all(chosen, draft, want, row)


def _names(parts: list[Verdict]) -> str:
    return f"（{'、'.join(one.title for one in parts)}）" if parts else ""
