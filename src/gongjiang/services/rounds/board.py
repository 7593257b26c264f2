"""A list before it is closed: who is on it, in which order, what pools say, how many may stay."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from gongjiang.models import Case, StageList, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.quotas.guard import Seat
from gongjiang.rules.quotas.pools import PoolState
from gongjiang.rules.rounds.narrowing import Proposal, propose
from gongjiang.rules.rounds.rank import Entry, Key, Ranking, Value, rank
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.seats import list_group, list_size
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.rounds.barred import barred_of
from gongjiang.services.rounds.keys import Scores, key_values
from gongjiang.services.rounds.pools import PoolBook, pool_book
from gongjiang.services.rounds.upstream import stages_before
from gongjiang.services.scoring.results import scores_of
from gongjiang.services.scoring.trees import judged_nodes, panels

BY_NOMINATOR = ("case.nominator",)


@dataclass(frozen=True)
class Board:
    """Everything the page of an open list shows, and what closing it checks."""

    programme: Programme
    stage: Stage
    group: str
    cases: dict[int, Case]
    rows: dict[int, StageRow]
    facts: dict[int, Facts]
    scores: Scores
    keys: tuple[Key, ...]
    values: dict[int, tuple[Value, ...]]
    ranking: Ranking
    proposal: Proposal
    barred: Mapping[str, str]
    size: int | None
    seats: dict[str, tuple[Seat, ...]]
    book: PoolBook
    closed: StageList | None

    @property
    def places(self) -> int:
        """How many may be kept at most."""
        return len(self.cases) if self.size is None else self.size

    def order(self) -> list[int]:
        """Ranked case ids from the best down, then whoever stands apart; equals by number, for display only."""
        ids: list[int] = []
        for rung in self.ranking.rungs:
            ids += self._shown(rung.cases)
        return ids + self._shown(one.case for one in self.ranking.open)

    def proposed(self) -> list[int]:
        """Whom rank and pools propose to keep, in order; a tie at the cut is left out."""
        return [pk for rung in self.proposal.kept for pk in self._shown(rung.cases)]

    def pools(self, kept: Iterable[int]) -> list[PoolState]:
        """All pools on this list as they would stand with these cases kept."""
        return self.book.states(kept)

    def _shown(self, cases: Iterable[str]) -> list[int]:
        return sorted((int(one) for one in cases), key=lambda pk: self.cases[pk].number)


def entered(programme: Programme, stage: Stage, group: str = "", *, state: RowState = RowState.OPEN) -> list[StageRow]:
    """Rows of a stage on one list, with their cases and all that facts read."""
    rows = StageRow.objects.filter(process=programme.process, stage=stage.id, state=state)
    if stage.per == BY_NOMINATOR:
        rows = rows.filter(case__nominator__short_name=group)
    found = (
        rows.select_related("case__subject", "case__nominator", "case__applying_unit")
        .prefetch_related("case__parties__organisation")
        .order_by("id")
    )
    return [row for row in found if list_group(stage, row.case) == group]


def _points_matter(programme: Programme, stage: Stage) -> bool:
    """Can anybody have points here? Before the first panel only a tree that no expert fills in has any."""
    if any(not judged_nodes(one) for one in programme.pack.scoring):
        return True
    here = stages_before(programme, stage) | {stage.id}
    return any(one.id in here for one in panels(programme))


def board(
    programme: Programme,
    stage: Stage,
    group: str = "",
    *,
    settled: Sequence[int] = (),
    tiers: Mapping[int, str] | None = None,
) -> Board:
    """The open list of a stage (of one unit, where units have their own). `settled`: the order that a
    meeting or draw gave to equals; `tiers`: which people chose so far, for pools that count them. The number of
    queries doesn't depend on how many are on the list."""
    rows = entered(programme, stage, group)
    cases = {row.case_id: row.case for row in rows}
    facts = facts_of(programme, cases.values())
    scores = scores_of(programme, cases.values(), facts) if _points_matter(programme, stage) else {}
    facts = {pk: replace(one, scores=scores.get(pk, {})) for pk, one in facts.items()}
    for pk, tier in (tiers or {}).items():
        if pk in facts:
            facts[pk] = replace(facts[pk], case={**facts[pk].case, "tier": tier})
    keys, values = key_values(programme, stage, cases, facts, scores)
    ranking = rank(
        (Entry(str(pk), values[pk]) for pk in cases),
        keys,
        ties=stage.ties or "equal",
        settled=[str(one) for one in settled],
    )
    size = list_size(programme, stage.keep)
    book = pool_book(programme, stage.id, cases, facts)
    seats = book.seats()
    barred = barred_of(programme, stage, facts)
    proposal = propose(
        ranking, len(cases) if size is None else size, seats, at_cut=stage.at_cut or "meeting", barred=barred
    )
    return Board(
        programme=programme,
        stage=stage,
        group=group,
        cases=cases,
        rows={row.case_id: row for row in rows},
        facts=facts,
        scores=scores,
        keys=keys,
        values=values,
        ranking=ranking,
        proposal=proposal,
        barred=barred,
        size=size,
        seats=seats,
        book=book,
        closed=StageList.objects.filter(process=programme.process, stage=stage.id, group=group)
        .select_related("meeting", "closed_by")
        .first(),
    )
