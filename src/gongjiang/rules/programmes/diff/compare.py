"""What changed between two packs, item by item, in words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from gongjiang.rules.programmes.diff.items import Entries, Item, sections_of, text_of
from gongjiang.rules.programmes.diff.pairing import pairs
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.sections import SECTIONS

Kind = Literal["added", "removed", "changed", "cited"]
FIRST: Final = (
    *("pack", "departs", "awards", "rules", "forbidden_criteria", "exceptions"),
    *("tables", "allocations", "pools", "scoring", "params", "stages", "times", "questions", "judgements"),
)
"""What an official asks first: who may be named, how many, how it is decided, by when."""
LAST: Final = ("notice", "tests")
"""Long texts, and what only the drafter reads."""
SHARED: Final = 2
"""Two notices whose clauses are for the most part the same (one in so many) are compared clause by clause."""


@dataclass(frozen=True, slots=True)
class Detail:
    """One property on both sides; an empty text where a side doesn't have it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One item that differs. `cited`: only its clauses or their numbers do. Clauses of each side beside it."""

    kind: Kind
    id: str
    label: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    details: tuple[Detail, ...] = ()
    gist: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One section: what differs, and how many items are the same."""

    section: str
    label: str
    changes: tuple[Change, ...]
    same: int

    def count(self, kind: Kind) -> int:
        """How many changes are of a kind."""
        return sum(1 for one in self.changes if one.kind == kind)


@dataclass(frozen=True, slots=True)
class Head:
    """Which pack this is."""

    id: str
    version: str
    title: str
    hash: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two packs and the sections that differ."""

    left: Head
    right: Head
    parts: tuple[Part, ...]

    @property
    def same(self) -> bool:
        """Do the two packs say the same?"""
        return not any(one.changes for one in self.parts)


def compare(left: Pack, right: Pack) -> Difference:
    """Everything in which `right` differs from `left`. Comments and layout don't count."""
    one, other = Speaker(left), Speaker(right)
    ours, theirs = sections_of(one), sections_of(other)
    names = [name for name in (*FIRST, *SECTIONS, *ours, *theirs) if name not in LAST] + [*LAST]
    parts = [
        _part(name, ours.get(name, ()), theirs.get(name, ()), _extra(name, left, right))
        for name in dict.fromkeys(names)
        if name in ours or name in theirs
    ]
    return Difference(_head(left), _head(right), tuple(part for part in parts if part.changes))


def _head(pack: Pack) -> Head:
    return Head(pack.id, pack.pack.version, pack.pack.title, pack.hash)


def _extra(section: str, left: Pack, right: Pack) -> tuple[Detail, ...]:
    """What a section says as a whole: the order of stages, the texts of clauses."""
    if section == "stages":
        ways = [" → ".join(stage.shown for stage in pack.stages) for pack in (left, right)]
        return (Detail("环节次序", *ways),) if ways[0] != ways[1] else ()
    if section == "notice":
        return tuple(_clauses(left, right))
    return ()


def _clauses(left: Pack, right: Pack) -> Iterator[Detail]:
    """Clause by clause where both notices have mostly the same ones; else only how many there are."""
    ours, theirs = ({one.id: one.text for one in pack.clauses} for pack in (left, right))
    shared = [name for name in theirs if name in ours]
    if len(shared) * SHARED < max(len(ours), len(theirs)):
        yield Detail("条款", f"{len(ours)}条", f"{len(theirs)}条")
        return
    for name in dict.fromkeys((*theirs, *ours)):
        if ours.get(name) != theirs.get(name):
            yield Detail(f"条款{name}", ours.get(name, ""), theirs.get(name, ""))


def _part(section: str, left: Sequence[Item], right: Sequence[Item], extra: tuple[Detail, ...]) -> Part:
    changes: list[Change] = []
    if extra:
        changes.append(Change("changed", "", SECTIONS.get(section, section), (), (), extra))
    same = 0
    for one, other in pairs(left, right):
        change = _change(one, other)
        if change is None:
            same += 1
        else:
            changes.append(change)
    return Part(section, SECTIONS.get(section, section), tuple(changes), same)


def _change(one: Item | None, other: Item | None) -> Change | None:
    if one is None or other is None:
        item = one or other
        assert item is not None
        kind: Kind = "added" if one is None else "removed"
        before, after = ((), item.cite) if one is None else (item.cite, ())
        return Change(kind, item.id, item.label, before, after, gist=item.gist)
    details = tuple(_details(one, other))
    if details:
        return Change("changed", other.id, other.label, one.cite, other.cite, details)
    if one.raw != other.raw:
        return Change("cited", other.id, other.label, one.cite, other.cite)
    return None


def _details(one: Item, other: Item) -> Iterator[Detail]:
    if one.label != other.label:
        yield Detail("名称", one.label, other.label)
    for label in dict.fromkeys((*other.properties, *one.properties)):
        before, after = one.properties.get(label, ""), other.properties.get(label, "")
        if before == after or (one.section == "notice" and label == "条款"):
            continue
        if isinstance(before, tuple) or isinstance(after, tuple):
            yield from _entries(label, _as_entries(before), _as_entries(after))
        else:
            yield Detail(label, before, after)


def _as_entries(value: str | Entries) -> Entries:
    return value if isinstance(value, tuple) else ((value, ""),) if value else ()


def _entries(label: str, before: Entries, after: Entries) -> Iterator[Detail]:
    """Entry by entry: new ones, those gone, those that say something else; then the order, if only that differs."""
    ours, theirs = dict(before), dict(after)
    found = False
    for name, text in theirs.items():
        if name not in ours:
            yield Detail(label, "", text_of(((name, text),)))
        elif ours[name] != text:
            yield Detail(f"{label}·{name}", ours[name], text)
        found = found or ours.get(name) != text
    for name, text in ours.items():
        if name not in theirs:
            found = True
            yield Detail(label, text_of(((name, text),)), "")
    if not found:
        yield Detail(f"{label}次序", "、".join(name for name, _ in before), "、".join(name for name, _ in after))
