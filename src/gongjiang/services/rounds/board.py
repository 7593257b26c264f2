"""A list before it is closed: who is on it, in which order, what pools say, how many may stay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Truth
from gongjiang.models import Case, StageList, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import RankKey, Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.quotas.adapt import pool_member, pool_spec
from gongjiang.rules.quotas.guard import Seat, hard_maxima
from gongjiang.rules.quotas.pools import PoolState, evaluate_pool
from gongjiang.rules.rounds.narrowing import Proposal, propose
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, Value, rank
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.seats import chain_of, list_group, list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.keys import rank_value
from gongjiang.services.scoring.results import scores_of


@dataclass(frozen=True)
class Board:
    """Everything the page of an open list shows, and what closing it checks."""

    programme: Programme
    stage: Stage
    group: str
    cases: dict[int, Case]
    rows: dict[int, StageRow]
    facts: dict[int, Facts]
    keys: tuple[Key, ...]
    values: dict[int, tuple[Value, ...]]
    ranking: Ranking
    proposal: Proposal
    size: int | None
    seats: dict[str, tuple[Seat, ...]]
    closed: StageList | None

    def order(self) -> list[int]:
        """Ranked case ids from the best down; equals by the unit's own order, then by name for display."""
        ids: list[int] = []
        for rung in self.ranking.rungs:
            ids += sorted((int(one) for one in rung.cases), key=lambda pk: (self.cases[pk].title, pk))
        return ids + sorted(int(one.case) for one in self.ranking.open)

    def pools(self, kept: Iterable[int]) -> list[PoolState]:
        """All pools on this list as they would stand with these cases kept."""
        chosen = list(kept)
        return pool_states(self.programme, self.stage.id, [self.cases[one] for one in chosen], self.facts)


def entered(programme: Programme, stage: Stage, group: str = "") -> list[StageRow]:
    """Open rows of a stage on one list, with their cases."""
    rows = (
        StageRow.objects.filter(process=programme.process, stage=stage.id, state=RowState.OPEN)
        .select_related("case__subject", "case__nominator", "case__applying_unit", "case__process__edition__pack")
        .prefetch_related("case__parties__organisation")
        .order_by("id")
    )
    return [row for row in rows if list_group(stage, row.case) == group]


def board(programme: Programme, stage: Stage, group: str = "", *, settled: Sequence[int] = ()) -> Board:
    """The open list of a stage (of one unit, where units have their own). `settled`: the order that a
    meeting or draw gave to equals."""
    rows = entered(programme, stage, group)
    cases = {row.case_id: row.case for row in rows}
    scores = scores_of(programme, list(cases.values()))
    facts = facts_of(programme, cases.values(), scores=scores)
    keys, values = _values(programme, stage, cases, facts, scores)
    ranking = rank(
        (Entry(str(pk), values[pk]) for pk in cases),
        keys,
        ties=stage.ties or "equal",
        settled=[str(one) for one in settled],
    )
    size = list_size(programme, stage.keep)
    seats = {str(pk): tuple(_seats(programme, stage, case, facts[pk])) for pk, case in cases.items()}
    proposal = propose(ranking, len(cases) if size is None else size, seats, at_cut=stage.at_cut or "meeting")
    return Board(
        programme,
        stage,
        group,
        cases,
        {row.case_id: row for row in rows},
        facts,
        keys,
        values,
        ranking,
        proposal,
        size,
        seats,
        StageList.objects.filter(process=programme.process, stage=stage.id, group=group).first(),
    )


def _values(
    programme: Programme,
    stage: Stage,
    cases: Mapping[int, Case],
    facts: Mapping[int, Facts],
    scores: Mapping[int, Mapping[str, Interval]],
) -> tuple[tuple[Key, ...], dict[int, tuple[Value, ...]]]:
    """The keys of the stage's order with each case's values; without `rank`, the order of the list before."""
    chain = stage.rank or (RankKey(order=""),)
    positions = _positions(programme, stage, cases)
    keys: list[Key] = []
    columns: list[dict[int, Value]] = []
    for spec in chain:
        if spec.order is not None:
            column: dict[int, Value] = {pk: positions.get(pk, UNKNOWN) for pk in cases}
            if all(one is UNKNOWN for one in column.values()):
                continue
            keys.append(Key("order", "上一名单次序", low=True))
        else:
            key, column = rank_value(programme, spec, cases, facts, scores)
            keys.append(key)
        columns.append(column)
    return tuple(keys), {pk: tuple(column[pk] for column in columns) for pk in cases}


def _positions(programme: Programme, stage: Stage, cases: Mapping[int, Case]) -> dict[int, int]:
    """Places that the nearest list before gave."""
    from_ids = {row.stage: n for n, row in enumerate(programme.stages)}
    here = from_ids[stage.id]
    found: dict[int, tuple[int, int]] = {}
    for pk, name, place in StageRow.objects.filter(
        case_id__in=cases, state=RowState.DONE, position__isnull=False
    ).values_list("case_id", "stage", "position"):
        n = from_ids.get(name, here)
        if n < here and n >= found.get(pk, (-1, 0))[0]:
            found[pk] = (n, place)
    return {pk: place for pk, (_, place) in found.items()}


def _seats(programme: Programme, stage: Stage, case: Case, facts: Facts) -> Iterable[Seat]:
    for pool in programme.pack.pools:
        if pool.on == stage.id and (not pool.award or case.award in pool.award):
            spec = pool_spec(programme.pack, pool, programme.params, facts)
            member = pool_member(programme.pack, pool, facts, key=str(case.pk), chain=chain_of(case) or UNKNOWN)
            yield from hard_maxima(spec, member)


def pool_states(programme: Programme, on: str, cases: Sequence[Case], facts: Mapping[int, Facts]) -> list[PoolState]:
    """Every pool on a list, evaluated over these cases."""
    states: list[PoolState] = []
    for pool in programme.pack.pools:
        if pool.on != on:
            continue
        inside = [one for one in cases if not pool.award or one.award in pool.award]
        if not inside:
            continue
        spec = pool_spec(programme.pack, pool, programme.params, facts[inside[0].pk])
        if spec.applies is Truth.FALSE:
            continue
        states += evaluate_pool(
            spec,
            [
                pool_member(programme.pack, pool, facts[one.pk], key=str(one.pk), chain=chain_of(one) or UNKNOWN)
                for one in inside
            ],
        )
    return states
