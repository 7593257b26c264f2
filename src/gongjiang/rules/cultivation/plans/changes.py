"""What changed between two versions of a plan, line by line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, Literal

from gongjiang.rules.cultivation.plans.reading import PARTS
from gongjiang.rules.cultivation.plans.text import Fund, Goal, Measure, Person, PlanText, Step

ALIKE: Final = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """A line that is new, gone, or says something else; the side that lacks it is ''."""

    kind: Literal["added", "removed", "changed"]
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Part:
    """One table of the plan with its changes."""

    label: str
    changes: tuple[Change, ...]


def changes(before: PlanText, after: PlanText) -> tuple[Part, ...]:
    """The parts that differ. Two texts that say the same give nothing."""
    found = [Part("总目标", tuple(_plain(before.aim, after.aim)))]
    for part, label in PARTS.items():
        one, other = getattr(before, part), getattr(after, part)
        told = _steps(one, other) if part == "steps" else _lines([line(x) for x in one], [line(x) for x in other])
        found.append(Part(label, tuple(told)))
    return tuple(one for one in found if one.changes)


def summary(parts: Sequence[Part]) -> str:
    """`目标 2 处，节点 1 处`; 没有改动 for none."""
    return "，".join(f"{one.label} {len(one.changes)} 处" for one in parts) or "没有改动"


def line(one: Goal | Measure | Person | Step | Fund) -> str:
    """A line of a table in one sentence.

    >>> line(Measure("参加训练营", "创新力", "所在企业"))
    '创新力：参加训练营（所在企业）'
    """
    if isinstance(one, Goal):
        return f"{one.power}：{one.text}" if one.power else one.text
    if isinstance(one, Measure):
        return (f"{one.power}：" if one.power else "") + one.text + (f"（{one.who}）" if one.who else "")
    if isinstance(one, Person):
        return "，".join(part for part in (one.name, one.post, one.duty) if part)
    if isinstance(one, Step):
        due = f"，{one.due:%Y-%m-%d} 前" if one.due else ""
        return (f"{one.power}：" if one.power else "") + one.title + due
    return f"{one.purpose} {one.amount:,.2f} 元" + (f"（{one.source}）" if one.source else "")


def _plain(before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change("added" if not before else "removed" if not after else "changed", before, after)


def _steps(before: Sequence[Step], after: Sequence[Step]) -> Iterator[Change]:
    """Milestones are the same where their key is."""
    old = {one.key: line(one) for one in before}
    new = {one.key: line(one) for one in after}
    for key in (*new, *(key for key in old if key not in new)):
        yield from _plain(old.get(key, ""), new.get(key, ""))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Lines that stand on both sides are left out; of the rest those alike are one that changed."""
    gone, new = list(before), []
    for one in after:
        if one in gone:
            gone.remove(one)
        else:
            new.append(one)
    for one in new:
        near = max(gone, key=lambda old: _ratio(old, one), default="")
        if near and _ratio(near, one) >= ALIKE:
            gone.remove(near)
            yield Change("changed", near, one)
        else:
            yield Change("added", "", one)
    for one in gone:
        yield Change("removed", one, "")


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
