"""What a programme reads of a case beside what its forms ask: the form asks for that too, unprinted."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions import BadCondition, parse
from gongjiang.rules.programmes.conditions.base import Read
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.base import RawCondition
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.vocabulary import REGISTRY

COMPUTED_FROM: Final = {
    "full_years_since_birth": "birth",
    "years_in_resume_where_in_trade": "resume.in_trade",
    "years_in_resume_where_on_site": "resume.on_site",
    "years_in_resume_where_region": "resume.region",
}
"""What a derived field is computed from: a field, or a column of the résumé."""


def surely_read(raw: Any) -> Iterator[str]:
    """Paths without which a condition can never be true: those of plain comparisons joined by `all`."""
    if not isinstance(raw, dict):
        return
    if isinstance(raw.get("field"), str):
        yield raw["field"]
    for one in raw.get("all", ()):
        yield from surely_read(one)


def possible(raw: RawCondition | None, here: Facts, kind: str) -> bool:
    """May a `when` still come to hold, given what is known before anything is typed (award, way in, params)?"""
    if raw is None:
        return True
    try:
        return parse(raw, here.words, kind=kind).evaluate(here).truth is not Truth.FALSE
    except BadCondition:
        return False


def hard_paths(pack: Pack, here: Facts, kind: str) -> frozenset[str]:
    """Paths that a hard rule of this award and way in reads for certain."""
    return frozenset(
        path
        for rule in pack.rules
        if rule.force == "hard" and _ours(rule.award, here) and rule.when is None
        for path in surely_read(rule.check)
    )


def needs(pack: Pack, here: Facts, kind: str) -> tuple[str, ...]:
    """Paths (`x`, `leader.x`, `case.x`) and columns (`contests.rank`) that the programme reads, in the pack's order."""
    found: dict[str, None] = {}
    for one in _reads(pack, here, kind):
        if one.kind in {"field", "relation"} or (one.kind == "column" and not one.key.startswith(f"{REGISTRY}.")):
            found[one.key] = None
        elif one.kind == "case" and one.key in here.words.kinds.get("case", {}):
            found[f"case.{one.key}"] = None
    return tuple(found)


def _ours(award: Iterable[str], here: Facts) -> bool:
    named = tuple(award)
    return not named or here.case.get("award") in named


def _reads(pack: Pack, here: Facts, kind: str) -> Iterator[Read]:
    for rule in pack.rules:
        if _ours(rule.award, here) and possible(rule.when, here, kind):
            yield from _of(rule.check, here, kind)
            yield from _of(rule.when, here, kind)
    for pool in pack.pools:
        if _ours(pool.award, here):
            yield from _of(pool.where, here, kind)
            yield from _plain([*pool.per, (pool.count or {}).get("distinct")], here, kind)
    for stage in pack.stages:
        if _ours(stage.award, here):
            yield from _plain((key.field for key in stage.rank), here, kind)
    for figure in pack.composition:
        yield from _of(figure.where, here, kind)
        yield from _plain([(figure.count or {}).get("distinct")], here, kind)
    for node in pack.scoring:
        if _ours(node.award, here):
            yield from _score(node, here, kind)
    for judgement in pack.judgements:
        if _ours(judgement.award, here) and possible(judgement.when, here, kind):
            yield from _plain(judgement.basis, here, kind)


def _of(raw: RawCondition | None, here: Facts, kind: str) -> Iterator[Read]:
    """What a condition reads; nothing if it speaks of another kind of subject."""
    if raw is None:
        return
    try:
        yield from sorted(parse(raw, here.words, kind=kind).reads())
    except BadCondition:
        return


def _plain(paths: Iterable[str | None], here: Facts, kind: str) -> Iterator[Read]:
    """Fields named outright. Rows and files are asked by the forms that show them, if any does."""
    own = here.words.of_kind(kind)
    for path in paths:
        if path and path in own and own[path].type not in {"rows", "file", "photo"}:
            yield Read("field", path)


def _score(node: ScoreNode, here: Facts, kind: str) -> Iterator[Read]:
    if not possible(node.when, here, kind):
        return
    yield from _of(node.when, here, kind)
    yield from _of(node.facts, here, kind)
    yield from _plain([(node.rate or {}).get("field"), node.share], here, kind)
    if node.rows:
        where = {"where": node.where} if node.where else {}
        yield from _of({"rows": node.rows, **where, "count_at_least": 0}, here, kind)
    for one in node.of:
        yield from _score(one, here, kind)
