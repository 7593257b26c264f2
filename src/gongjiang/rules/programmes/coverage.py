"""Which items of a pack rest on which clause of the notice, and which clauses nothing rests on yet.

It counts clauses, so it finds forgotten clauses, not half-captured ones: a second reader still signs each clause.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.words import ClauseAnchor

CITING: Final = ("cite", "clause")
"""Keys that name a clause; `clause` is what a form prints word by word."""

OUTSIDE: Final = frozenset({"notice", "tests", "catalogue", "clauses", "warnings"})
"""Sections that say nothing about what is done with a clause."""


@dataclass(frozen=True, slots=True)
class ClauseUse:
    """A clause and the items that cite it (`rules.years_trade`). `settled`: it is for information, or has a note."""

    id: str
    kind: str
    items: tuple[str, ...]
    settled: bool
    chars: int | None = None

    @property
    def uncovered(self) -> bool:
        """Does nothing cite it though something should?"""
        return not self.items and not self.settled


@dataclass(frozen=True, slots=True)
class Coverage:
    """All clauses in the order of the notice; `above`: those of upper notices, which their own packs cover."""

    pack: str
    clauses: tuple[ClauseUse, ...]
    above: tuple[ClauseUse, ...] = ()

    @property
    def uncovered(self) -> tuple[ClauseUse, ...]:
        """Clauses that nothing cites and nothing explains."""
        return tuple(one for one in self.clauses if one.uncovered)


def coverage(pack: Pack) -> Coverage:
    """The report of one pack; `chars` only when the notice's text was at hand."""
    found: dict[str, list[str]] = {}
    for name, section in _sections(pack).items():
        for item, clause in _said(section, name, CITING):
            uses = found.setdefault(clause, [])
            if item not in uses:
                uses.append(item)
    lengths = {one.id: one.end - one.start for one in pack.all_clauses}

    def used(prefix: str, one: ClauseAnchor) -> ClauseUse:
        name = f"{prefix}{one.id}"
        settled = one.kind == "info" or bool(one.note)
        return ClauseUse(name, one.kind, tuple(found.get(name, ())), settled, lengths.get(name))

    anchors = pack.notice.clauses if pack.notice else ()
    above = [(upper.prefix, one) for upper in pack.uppers if upper.notice for one in upper.notice.clauses]
    return Coverage(pack.id, tuple(used("", one) for one in anchors), tuple(used(*one) for one in above))


def report(found: Coverage) -> str:
    """A table as text: one clause a line, counts first."""
    cited = sum(1 for one in found.clauses if one.items)
    noted = sum(1 for one in found.clauses if not one.items and one.settled)
    lines = [
        f"{found.pack}：共{len(found.clauses)}条，已落实{cited}条，仅供说明{noted}条，未落实{len(found.uncovered)}条。",
        f"({len(found.clauses)} clauses: {cited} cited, {noted} for information or noted, "
        f"{len(found.uncovered)} uncovered)",
        "",
    ]
    for one in found.clauses:
        mark = "✗" if one.uncovered else "·" if not one.items else "✓"
        used = "、".join(one.items) or ("未落实" if one.uncovered else "说明性条款")
        size = f" {one.chars}字" if one.chars is not None else ""
        lines.append(f"{mark} {one.id}（{one.kind}{size}）：{used}")
    taken = [one for one in found.above if one.items]
    if found.above:
        lines += ["", f"上级办法：共{len(found.above)}条，本包沿用{len(taken)}条。"]
    lines += [f"↑ {one.id}（{one.kind}）：{'、'.join(one.items)}" for one in taken]
    return "\n".join(lines)


def assumptions(pack: Pack) -> Iterator[tuple[str, str]]:
    """Items that rest on the drafter's assumption, with it: the issuing office confirms them before publishing."""
    for name, section in _sections(pack).items():
        yield from _said(section, name, ("assumed",))


def _sections(pack: Pack) -> dict[str, Any]:
    return pack.model_dump(by_alias=True, exclude=set(OUTSIDE) | {"hash"})


def _said(value: Any, name: str, keys: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Pairs of (item, what it says under one of the keys); the item is the nearest thing with an id."""
    if isinstance(value, Mapping):
        own = value.get("id")
        here = f"{name}.{own}" if isinstance(own, str) else name
        for key, one in value.items():
            if key in keys:
                yield from ((here, word) for word in ([one] if isinstance(one, str) else one or ()))
            else:
                yield from _said(one, here if isinstance(own, str) else _step(here, key, one), keys)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _said(one, name, keys)


def _step(name: str, key: str, value: Any) -> str:
    """Sections keyed by name (codes, tables, groups) count each name as an item."""
    return f"{name}.{key}" if name in {"codes", "tables", "groups"} and isinstance(value, Mapping) else name
