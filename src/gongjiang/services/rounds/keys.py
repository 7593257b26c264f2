"""The value that a case has under one key of an order."""

from collections.abc import Mapping

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.models import Case
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import RankKey
from gongjiang.rules.rounds.rank import Key, Value
from gongjiang.services.programmes.programme import Programme


def rank_value(
    programme: Programme,
    spec: RankKey,
    cases: Mapping[int, Case],
    facts: Mapping[int, Facts],
    scores: Mapping[int, Mapping[str, Interval]],
) -> tuple[Key, dict[int, Value]]:
    """The key, and each case's value under it: a score, a field, a preference, the unit's own order."""
    if spec.score is not None:
        label = programme.pack.vocabulary.scores.get(spec.score, spec.score)
        return Key(spec.score, label, spec.low), {pk: scores.get(pk, {}).get(spec.score, UNKNOWN) for pk in cases}
    if spec.rule is not None:
        rule = next(one for one in programme.pack.rules if one.id == spec.rule)
        check = parse({"rule": spec.rule}, programme.pack.vocabulary)
        return Key(spec.rule, rule.shown, spec.low), {pk: check.evaluate(facts[pk]).truth for pk in cases}
    if spec.opinion_order is not None:
        return Key("opinion_order", "推荐单位排序", not spec.low), {
            pk: UNKNOWN if case.rank_in_unit is None else case.rank_in_unit for pk, case in cases.items()
        }
    name = spec.field or ""
    field = programme.pack.vocabulary.fields.get(name)
    label = field.shown if field is not None else name
    return Key(name, label, spec.low), {pk: _number(programme, name, facts[pk]) for pk in cases}


def _number(programme: Programme, name: str, facts: Facts) -> Value:
    spec = programme.pack.vocabulary.fields.get(name)
    raw = facts.subject.get(name)
    if spec is None or raw in (None, ""):
        return UNKNOWN
    if spec.codes:
        place = programme.pack.vocabulary.code_list(spec).rank(str(raw))
        return UNKNOWN if place is None else place
    try:
        return exact(str(raw))
    except BadInput:
        return UNKNOWN
