"""Which registers a condition asks for, and which of them nobody has brought in (mechanisms 8)."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.base import Condition
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import ANY_PROGRAMME, Facts, Row
from gongjiang.rules.programmes.values import Days
from gongjiang.rules.programmes.vocabulary import REGISTERS, REGISTRY

TOLD: Final = 4


def programmes_in(where: Any) -> tuple[str, ...]:
    """Programmes that a condition on the registry's rows names, in their order."""
    return tuple(dict.fromkeys(_programmes(where)))


def registers_asked(raw: Any) -> tuple[str, ...]:
    """Programmes whose registers the rules of a pack read (from its plain data)."""
    return tuple(dict.fromkeys(one for node in _nodes(raw) for one in _programmes(node.get("where"))))


def lacking(codes: tuple[str, ...], where: Condition | None, facts: Facts) -> tuple[Missing, ...]:
    """The lists without which “none found” means nothing: not brought in, or complete only since a day that matters."""
    found: list[Missing] = []
    for code in codes:
        label = REGISTERS.get(code, code)
        covered = code if code in facts.covers else ANY_PROGRAMME
        if covered not in facts.covers:
            found.append(Missing("registry", code, f"“{label}”名册"))
            continue
        since = facts.covers[covered]
        if since is None:
            continue
        before = Row("", {"programme": code, "date": Days(since.min, since - timedelta(days=1))}, unseen=True)
        if where is None or where.evaluate(facts, before).truth is not Truth.FALSE:
            found.append(Missing("registry", code, f"{long_date(since)}以前的“{label}”名册"))
    if not found:
        return (Missing("registry", REGISTRY, "荣誉库未收录项目的记录"),)
    return tuple(found[:TOLD])


def _nodes(raw: Any) -> Iterator[Mapping[str, Any]]:
    if isinstance(raw, Mapping):
        if raw.get("rows") == REGISTRY:
            yield raw
        for one in raw.values():
            yield from _nodes(one)
    elif isinstance(raw, list | tuple):
        for one in raw:
            yield from _nodes(one)


def _programmes(where: Any) -> Iterator[str]:
    if isinstance(where, Mapping):
        if where.get("field") == "programme":
            named = where.get("is", where.get("in"))
            yield from (
                one for one in (named if isinstance(named, list | tuple) else [named]) if isinstance(one, str)
                and not one.startswith("$")
            )  # fmt: skip
        for one in where.values():
            yield from _programmes(one)
    elif isinstance(where, list | tuple):
        for one in where:
            yield from _programmes(one)
