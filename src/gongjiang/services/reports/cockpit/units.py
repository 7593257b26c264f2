"""Units of an edition: what each has sent, where it is stuck, for how long."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Min, Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, EditionRole, Organisation, StageRow
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.publish_edition import require_organiser
from gongjiang.services.reports.nudging import remind, reminded_lately


@dataclass(frozen=True)
class UnitLine:
    """A nominating unit: its people by how far they are."""

    organisation: Organisation
    drafts: int
    running: int
    sent: int


@dataclass(frozen=True)
class Laggard:
    """A unit that holds the edition up: where, how many, since when."""

    organisation_id: int
    name: str
    where: str
    count: int
    days: int


def unit_stages(programme: Programme) -> list[str]:
    """Stages that units work on, each for its own cases: not those of bodies of the whole edition."""
    by_unit = {one.id for one in programme.pack.roles if one.level in {"person", "employer", "unit", "county"}}
    by_unit |= {role for name in programme.nominating for role in programme.expand(name)}
    return [one.id for one in programme.stages if one.by and programme.expand(one.by) <= by_unit]


def unit_lines(programme: Programme) -> list[UnitLine]:
    """Every nominating unit with its figures. Two queries."""
    rows = (
        EditionRole.objects.filter(edition=programme.edition, role__in=sorted(programme.nominating))
        .select_related("organisation")
        .order_by("id")
    )
    mine = unit_stages(programme)
    sent = Q(submitted_at__isnull=False) & ~Q(state__in=[CaseState.WITHDRAWN])
    stuck = Q(rows__stage__in=mine, rows__state=RowState.OPEN)
    counted = {
        one["nominator_id"]: one
        for one in Case.objects.filter(process=programme.process)
        .values("nominator_id")
        .annotate(
            drafts=Count("id", Q(state=CaseState.DRAFT), distinct=True),
            sent=Count("id", sent, distinct=True),
            running=Count("id", sent & stuck, distinct=True),
        )
    }
    nothing = {"drafts": 0, "sent": 0, "running": 0}
    found: dict[int, UnitLine] = {}
    for row in rows:
        one = counted.get(row.organisation_id, nothing)
        found[row.organisation_id] = UnitLine(row.organisation, one["drafts"], one["running"], one["sent"])
    return list(found.values())


def laggards(programme: Programme, lines: Iterable[UnitLine], at: datetime) -> list[Laggard]:
    """Units with unfinished cases at their own stages, longest first, then those that have sent nobody. One query."""
    names = {one.id: one.shown for one in programme.stages}
    today = timezone.localtime(at).date()
    units = {one.organisation.pk: one for one in lines}
    rows = (
        StageRow.objects.filter(process=programme.process, stage__in=unit_stages(programme), state=RowState.OPEN)
        .exclude(case__state__in=[CaseState.WITHDRAWN, CaseState.DRAFT])
        .values("case__nominator_id", "case__nominator__short_name", "stage")
        .annotate(n=Count("id"), since=Min("opened_at"))
    )
    found: dict[int, list[tuple[str, int, int]]] = {}
    labels: dict[int, str] = {}
    for one in rows:
        days = (today - timezone.localtime(one["since"]).date()).days if one["since"] else 0
        found.setdefault(one["case__nominator_id"], []).append((names[one["stage"]], one["n"], days))
        labels[one["case__nominator_id"]] = one["case__nominator__short_name"]
    late = [
        Laggard(
            pk,
            labels[pk],
            "、".join(f"{where} {n} 件" for where, n, _ in some),
            sum(n for _, n, _ in some),
            max(days for _, _, days in some),
        )
        for pk, some in found.items()
    ]
    opened = programme.edition.opened_at
    days = (today - timezone.localtime(opened).date()).days if opened else 0
    silent = [
        Laggard(
            pk,
            one.organisation.short_name,
            "还没有推荐人选" if not one.drafts else f"{one.drafts} 件草稿未提交",
            0,
            days,
        )
        for pk, one in units.items()
        if not one.sent and pk not in found
    ]
    return sorted(late, key=lambda one: (-one.days, one.name)) + silent


def nudging_words(programme: Programme, late: Laggard) -> str:
    """What a unit is told."""
    return f"{programme.edition.organiser.short_name}催办“{programme.edition.title}”：{late.where}。"


def who_lags(actor: Actor, at: datetime, programme: Programme) -> list[tuple[Laggard, bool]]:
    """Everybody whom 催办 would reach, longest first, and whether they were reminded within a day (then they are
    passed over). Raises NotAllowed for who doesn't organise the edition."""
    require_organiser(actor, programme.edition.organiser)
    found = laggards(programme, unit_lines(programme), at)
    told = reminded_lately(at, programme.edition.pk, [one.organisation_id for one in found])
    return [(one, one.organisation_id in told) for one in found]


@transaction.atomic
def nudge_units(*, actor: Actor, at: datetime, programme: Programme, organisation_ids: Iterable[int]) -> list[str]:
    """催办: remind these units of what they hold up. Those reminded within a day are passed over; returns the
    names of those told. Raises NotFound when none of them lags."""
    require_organiser(actor, programme.edition.organiser)
    wanted = set(organisation_ids)
    lagging = {one.organisation_id: one for one in laggards(programme, unit_lines(programme), at)}
    if not wanted & set(lagging):
        raise NotFound()
    told: list[str] = []
    for one in Organisation.objects.filter(pk__in=wanted & set(lagging)).order_by("pk"):
        late = lagging[one.pk]
        text = nudging_words(programme, late)
        if remind(
            actor=actor,
            at=at,
            organisation=one,
            edition_id=programme.edition.pk,
            text=text,
            link="todo",
            quiet=True,
            headline=text,
        ):
            told.append(one.short_name)
    return told
