"""Who is waited for in an edition, for what, until when: in a number of queries that doesn't grow with cases."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from gongjiang.kernel.actor import platform
from gongjiang.models import (
    Assignment,
    Case,
    CaseParty,
    EditionRole,
    Expert,
    Extension,
    Grant,
    Opinion,
    ScoreSheet,
    StageRow,
)
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.reports.todo.scope import Scope
from gongjiang.services.reports.todo.signing import stage_of_box

WORDS = {
    "drafts": "还有 {n} 件申报没有提交",
    "opinions": "还有 {n} 件意见没有签署",
    "officers": "还有 {n} 件等待办理",
    "experts": "还有 {n} 人没有评完",
}


@dataclass(frozen=True)
class Waited:
    """One receiver (`org:12`, `user:5`) and how many things of a group and stage must be done before `closes`."""

    group: str
    stage: Stage
    receiver: str
    closes: datetime
    count: int


def waited(programme: Programme, groups: Collection[str], at: datetime) -> list[Waited]:
    """Everybody who is waited for where there is an end that lies ahead."""
    moved = list(Extension.objects.filter(edition=programme.edition).order_by("id"))
    scope = Scope(platform(), at, {programme.process.pk: programme}, moved={programme.edition.pk: moved})
    makers = {"drafts": _drafts, "opinions": _opinions, "officers": _officers, "experts": _experts}
    counted: dict[tuple[str, str, str, datetime], int] = {}
    for group in groups:
        for stage, receiver, concerned in makers[group](programme):
            closes = scope.closes(programme, stage, concerned)
            if closes is not None and closes > at:
                key = (group, stage.id, receiver, closes)
                counted[key] = counted.get(key, 0) + 1
    return [
        Waited(group, programme.stage(stage), receiver, closes, n)
        for (group, stage, receiver, closes), n in counted.items()
    ]


Found = Iterator[tuple[Stage, str, tuple[int, ...]]]


def _drafts(programme: Programme) -> Found:
    """Nominations not handed in: the unit they come from, or whoever files for himself."""
    names = [one.id for one in programme.stages if one.type == "apply"]
    member = Exists(
        Grant.objects.filter(user=OuterRef("case__filer"), organisation=OuterRef("case__applying_unit"), until=None)
    )
    rows = StageRow.objects.filter(
        process=programme.process,
        stage__in=names,
        state=RowState.OPEN,
        case__state__in=[CaseState.DRAFT, CaseState.RETURNED],
    )
    columns = ("stage", "case__applying_unit_id", "case__nominator_id", "case__filer_id", "member")
    for stage, unit, nominator, filer, ours in rows.annotate(member=member).values_list(*columns):
        receiver = f"org:{unit}" if ours or filer is None else f"user:{filer}"
        yield programme.stage(stage), receiver, (unit, nominator)


def _opinions(programme: Programme) -> Found:
    """Boxes asked of organisations and not filled."""
    rows = Opinion.objects.filter(
        case__process=programme.process, case__state__in=sorted(LIVE), verdict="", organisation__isnull=False
    )
    columns = ("sheet", "party", "organisation_id", "case__nominator_id", "case__applying_unit_id")
    for sheet, party, holder, nominator, unit in rows.values_list(*columns):
        yield stage_of_box(programme, sheet, party), f"org:{holder}", (holder, nominator, unit)


def _officers(programme: Programme) -> Found:
    """Cases that stand at a stage of an office or a unit; not those that wait for an opinion first."""
    roles = {one.id: programme.expand(one.by) for one in programme.stages if one.type != "apply"}
    wide: dict[str, list[int]] = {}
    for role, pk in EditionRole.objects.filter(edition=programme.edition, per_case=False).values_list(
        "role", "organisation_id"
    ):
        wide.setdefault(role, []).append(pk)
    open_rows = StageRow.objects.filter(
        process=programme.process, stage__in=list(roles), state=RowState.OPEN, case__state__in=sorted(LIVE)
    )
    owed = Exists(Opinion.objects.filter(case=OuterRef("case"), verdict="", organisation__isnull=False))
    parties: dict[int, dict[str, int]] = {}
    live = Case.objects.filter(process=programme.process, state__in=sorted(LIVE))
    for case_id, role, pk in CaseParty.objects.filter(case__in=live).values_list("case_id", "role", "organisation_id"):
        parties.setdefault(case_id, {})[role] = pk
    columns = ("stage", "case_id", "case__nominator_id", "case__applying_unit_id", "owed")
    for name, case_id, nominator, unit, waits in open_rows.annotate(owed=owed).values_list(*columns):
        stage = programme.stage(name)
        if waits and stage.type == "opinion":
            continue
        own = parties.get(case_id, {})
        holders = {own[role] for role in roles[name] if role in own}
        holders = holders or {pk for role in roles[name] for pk in wide.get(role, ())}
        for holder in sorted(holders):
            yield stage, f"org:{holder}", (holder, nominator, unit)


def _experts(programme: Programme) -> Found:
    """Experts with sheets not handed in."""
    done = Exists(ScoreSheet.objects.filter(assignment=OuterRef("pk"), submitted_at__isnull=False))
    standing = Q(case__state__in=sorted(LIVE), state=Assignment.State.ASSIGNED)
    here = Exists(StageRow.objects.filter(case=OuterRef("case"), stage=OuterRef("stage"), state=RowState.OPEN))
    experts = Expert.objects.filter(process=programme.process)
    rows = Assignment.objects.filter(standing, here, ~done, expert__in=experts)
    for stage, user_id in rows.values_list("stage", "expert__user_id"):
        yield programme.stage(stage), f"user:{user_id}", ()
