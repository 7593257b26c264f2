"""A nominating unit's own desk in one edition: its cases in order, its places, what it can do with many at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed
from gongjiang.models import Case, Edition, EditionRole, Organisation, PoolCount, PoolSeat, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.authority import may_act
from gongjiang.services.nominations.facts import facts_of
from gongjiang.services.nominations.queries import rows_prefetch, visible_to
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.nominations.transition import Taken, move
from gongjiang.services.programmes.programme import Programme, main_process, programme_of


@dataclass(frozen=True)
class UnitDesk:
    """What a unit sees of its own nominations."""

    programme: Programme
    unit: Organisation
    cases: tuple[Case, ...]
    gauges: tuple["Gauge", ...]
    may_rank: bool


@dataclass(frozen=True)
class Gauge:
    """A quota of the unit: places, who holds them, who stands outside them still."""

    label: str
    limit: int
    used: tuple[str, ...]
    waiting: tuple[str, ...]


def units_of(actor: Actor, edition: Edition) -> list[Organisation]:
    """Organisations that nominate in the edition and that this person handles."""
    programme = programme_of(main_process(edition))
    mine = actor.organisation_ids("officer", "approver", "observer")
    rows = EditionRole.objects.filter(edition=edition, role__in=programme.nominating).select_related("organisation")
    if not actor.is_platform:
        rows = rows.filter(organisation_id__in=mine)
    return list({row.organisation_id: row.organisation for row in rows.order_by("id")}.values())


def desk(actor: Actor, edition: Edition, unit: Organisation) -> UnitDesk:
    """The unit's live cases in its own order, with its quotas. A handful of queries however many cases."""
    programme = programme_of(main_process(edition))
    cases = list(
        visible_to(actor)
        .filter(process=programme.process, nominator=unit)
        .exclude(state__in=[CaseState.WITHDRAWN])
        .select_related("subject", "applying_unit", "nominator", "process__edition__pack")
        .prefetch_related(rows_prefetch(), "parties__organisation")
        .order_by("id")[:500]
    )
    cases.sort(key=lambda one: (one.rank_in_unit is None, one.rank_in_unit or 0, one.pk))
    facts = facts_of(programme, cases)
    return UnitDesk(
        programme,
        unit,
        tuple(cases),
        tuple(_gauges(programme, unit, cases, facts)),
        actor.is_platform or actor.has("officer", "approver", organisation_id=unit.pk),
    )


def _gauges(programme: Programme, unit: Organisation, cases: Sequence[Case], facts: dict[int, Facts]) -> list[Gauge]:
    """Each hard quota grouped by unit, with the names in its seats."""
    counts = {(one.pool, one.group): one for one in PoolCount.objects.filter(process=programme.process)}
    seated: dict[int, set[int]] = {}
    for count_id, case_id in PoolSeat.objects.filter(case__in=[one.pk for one in cases]).values_list(
        "count_id", "case_id"
    ):
        seated.setdefault(count_id, set()).add(case_id)
    found: list[Gauge] = []
    for pool in programme.pack.pools:
        if pool.force != "hard" or "case.nominator" not in pool.per:
            continue
        groups: dict[str, tuple[str, int, list[Case]]] = {}
        for case in cases:
            for seat in list_seats(programme, case, facts[case.pk], pool.on):
                if seat.pool == pool.id:
                    groups.setdefault(seat.group, (seat.label, seat.limit, []))[2].append(case)
        if not groups and pool.table is not None:
            limit = _row(programme, pool.table, unit.short_name)
            if limit is not None:
                found.append(Gauge(f"{pool.shown}（{unit.short_name}）", limit, (), ()))
        for group, (label, limit, members) in groups.items():
            count = counts.get((pool.id, group))
            held = seated.get(count.pk, set()) if count is not None else set()
            used = tuple(one.title for one in members if one.pk in held)
            open_ = tuple(one.title for one in members if one.pk not in held and one.state not in _ENDED)
            found.append(Gauge(label, count.limit if count is not None else limit, used, open_))
    return found


_ENDED = {CaseState.REJECTED, CaseState.NOT_SELECTED, CaseState.WITHDRAWN, CaseState.DISQUALIFIED}


def _row(programme: Programme, table: str, name: str) -> int | None:
    """The places of a unit in a table of places, wherever its row names it."""
    for key, row in programme.pack.tables[table].rows.items():
        if isinstance(row, dict):
            inner = {**row.get("includes", {}), **row.get("split", {})}
            if name in inner:
                return int(inner[name])
            if key == name and "places" in row:
                return int(row["places"])
        elif key == name:
            return int(row)
    return None


@transaction.atomic
def rank_cases(*, actor: Actor, at: datetime, edition: Edition, unit: Organisation, order: Sequence[int]) -> None:
    """The unit's own order of its nominees, first to last. Raises BadInput for others' cases or doubles."""
    if not (actor.is_platform or actor.has("officer", "approver", organisation_id=unit.pk)):
        raise NotAllowed("推荐次序由推荐单位排定。", "Not your unit.")
    programme = programme_of(main_process(edition))
    cases = {one.pk: one for one in Case.objects.filter(process=programme.process, nominator=unit)}
    if len(set(order)) != len(order) or any(pk not in cases for pk in order):
        raise BadInput(
            "次序里有重复的人或不属于本单位的人，请刷新后再排。", "Not the unit's own cases.", place="推荐次序"
        )
    for place, pk in enumerate(order, 1):
        Case.objects.filter(pk=pk).update(rank_in_unit=place)
    append(
        actor=actor,
        at=at,
        action="unit.rank",
        kind="organisation",
        key=unit.pk,
        edition_id=edition.pk,
        data={"order": [cases[pk].number for pk in order]},
    )


@dataclass(frozen=True)
class Bulk:
    """What came of a step taken with many: who went, and who could not and why."""

    done: tuple[Taken, ...]
    failed: tuple[tuple[int, str], ...]


def move_many(
    *, actor: Actor, at: datetime, edition: Edition, stage_id: str, action: str, cases: Sequence[int]
) -> Bulk:
    """The same step with each of these cases, one transaction a case: one that can't stops no other."""
    done, failed = [], []
    for pk in dict.fromkeys(cases):
        try:
            if not visible_to(actor).filter(pk=pk, process__edition=edition).exists():
                raise NotAllowed("没有找到，或您无权办理。", "Not found.")
            done.append(move(actor=actor, at=at, case_id=pk, stage_id=stage_id, action=action))
        except GongjiangError as error:
            failed.append((pk, error.text))
    return Bulk(tuple(done), tuple(failed))


def ready_to_report(actor: Actor, programme: Programme, cases: Sequence[Case]) -> dict[str, list[Case]]:
    """Cases waiting at a submit stage of this unit, by stage: what can be sent upward together."""
    found: dict[str, list[Case]] = {}
    stages = {one.id: one for one in programme.stages if one.type == "submit"}
    rows = StageRow.objects.filter(
        case__in=[one.pk for one in cases], stage__in=stages, state=RowState.OPEN
    ).values_list("case_id", "stage")
    by_id = {one.pk: one for one in cases}
    for pk, name in rows:
        if may_act(actor, programme, by_id[pk], stages[name].by):
            found.setdefault(name, []).append(by_id[pk])
    return found
