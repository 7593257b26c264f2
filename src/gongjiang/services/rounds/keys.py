"""The value that a case has under one key of an order."""

from collections.abc import Mapping

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.models import Case, StageRow
from gongjiang.rules.programmes.conditions import parse
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import RankKey, Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.rounds.rank import Key, Value
from gongjiang.services.programmes.programme import Programme

Scores = Mapping[int, Mapping[str, Interval]]


def key_values(
    programme: Programme, stage: Stage, cases: Mapping[int, Case], facts: Mapping[int, Facts], scores: Scores
) -> tuple[tuple[Key, ...], dict[int, tuple[Value, ...]]]:
    """The keys of a stage's order with each case's values. Without `rank`: a contest's results, else the
    order of the list before, if there is one."""
    keys: list[Key] = []
    columns: list[dict[int, Value]] = []
    positions: dict[int, int] | None = None
    for spec in stage.rank or (_default(stage),):
        if spec.order is not None:
            if positions is None:
                positions = _positions(programme, stage, cases)
            if not positions:
                continue
            key = Key("order", _order_label(programme, spec), low=True)
            column: dict[int, Value] = {pk: positions.get(pk, UNKNOWN) for pk in cases}
        else:
            key, column = _column(programme, spec, cases, facts, scores)
        keys.append(key)
        columns.append(column)
    return tuple(keys), {pk: tuple(column[pk] for column in columns) for pk in cases}


def _default(stage: Stage) -> RankKey:
    if getattr(stage, "scores", None) == "import":
        return RankKey(score=getattr(stage, "scoring", None) or stage.id)
    return RankKey(order="")


def _order_label(programme: Programme, spec: RankKey) -> str:
    named = next((one.shown for one in programme.stages if one.id == spec.order), "")
    return f"{named}次序" if named else "上一名单次序"


def _column(
    programme: Programme, spec: RankKey, cases: Mapping[int, Case], facts: Mapping[int, Facts], scores: Scores
) -> tuple[Key, dict[int, Value]]:
    """One key: a score, a preference, the unit's own order, a field."""
    if spec.score is not None:
        label = programme.pack.vocabulary.scores.get(spec.score, "成绩")
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


def _positions(programme: Programme, stage: Stage, cases: Mapping[int, Case]) -> dict[int, int]:
    """Places that the nearest list before gave."""
    numbers = {row.id: n for n, row in enumerate(programme.stages)}
    here = numbers[stage.id]
    found: dict[int, tuple[int, int]] = {}
    for pk, name, place in StageRow.objects.filter(
        case_id__in=cases, state=RowState.DONE, position__isnull=False
    ).values_list("case_id", "stage", "position"):
        n = numbers.get(name, here)
        if place is not None and n < here and n >= found.get(pk, (-1, 0))[0]:
            found[pk] = (n, place)
    return {pk: place for pk, (_, place) in found.items()}
