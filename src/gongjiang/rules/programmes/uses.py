"""Where a value of a pack is used: which conditions, pools, stages, times and forms read a param or name a rule."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.rules.programmes.diff.items import sections_of
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.evaluate import reads_of
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.sections import SECTIONS

ASIDE: Final = frozenset({"params", "questions", "tests", "notice", "pack", "targets"})
"""Sections in which a param is set, asked for, tried or told, not used."""


@dataclass(frozen=True, slots=True)
class Use:
    """One item that uses something, by its section and what people call it."""

    section: str
    id: str
    label: str

    @property
    def where(self) -> str:
        """What people call its section."""
        return SECTIONS.get(self.section, self.section)


def uses_of_params(pack: Pack) -> dict[str, tuple[Use, ...]]:
    """Param to the items that read it, in the order of the pack; a param that nothing reads has none."""
    found: dict[str, list[Use]] = {one.id: [] for one in pack.params}
    for section, items in sections_of(Speaker(pack)).items():
        if section in ASIDE:
            continue
        for item in items:
            for name in dict.fromkeys(_params(item.raw)):
                if name in found:
                    found[name].append(Use(section, item.id, item.label))
    return {name: tuple(uses) for name, uses in found.items()}


def uses_of_rules(pack: Pack) -> dict[str, tuple[Use, ...]]:
    """Rule to the items that name it: exceptions that waive it, orders that rank by it, rules and pools that ask it."""
    found: dict[str, list[Use]] = {one.id: [] for one in pack.rules}
    for section, items in sections_of(Speaker(pack)).items():
        if section in ASIDE:
            continue
        for item in items:
            for name in dict.fromkeys(_rules(item.raw)):
                if name in found:
                    found[name].append(Use(section, item.id, item.label))
    return {name: tuple(uses) for name, uses in found.items()}


def forms_asking(pack: Pack) -> dict[str, tuple[str, ...]]:
    """Field (or row group) to the labels of the forms that ask for it."""
    found: dict[str, list[str]] = {}
    for form in pack.forms:
        asked: set[str] = set()
        for block in form.blocks:
            cells: list[Any] = [cell for row in block.rows for cell in row] + list(block.items)
            asked |= {cell if isinstance(cell, str) else str(cell.get("field", "")) for cell in cells}
            asked |= {name for cell in cells if isinstance(cell, Mapping) for name in cell.get("fields", ())}
            asked |= {block.field or "", block.confirms or ""}
        for name in asked - {""}:
            found.setdefault(name, []).append(form.shown)
    return {name: tuple(forms) for name, forms in found.items()}


def params_read(pack: Pack) -> dict[str, frozenset[str]]:
    """Rule to the params that its answer depends on, through the rules that it asks, too."""
    rules = {one.id: one for one in pack.ready_rules}
    return {
        name: frozenset(read.key for read in reads_of(one, rules) if read.kind == "param")
        for name, one in rules.items()
    }


def _params(value: Any) -> Iterator[str]:
    """Params named in an item as `$id` or asked as `{param: id}`."""
    if isinstance(value, str):
        if value.startswith("$"):
            yield value[1:]
    elif isinstance(value, Mapping):
        if isinstance(value.get("param"), str):
            yield value["param"]
        for one in value.values():
            yield from _params(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _params(one)


def _rules(value: Any) -> Iterator[str]:
    """Rules named in an item: `{rule: id}`, `waives: [id]`."""
    if isinstance(value, Mapping):
        if isinstance(value.get("rule"), str):
            yield value["rule"]
        yield from value.get("waives", ())
        for one in value.values():
            yield from _rules(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _rules(one)
