"""Experts of a panel: who sits on it, and what each declares before names open."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import EditionRole, Expert, Grant, User
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.accounts.queries import account_named
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.scoring.authority import own_seat, panel_stage, require_open, require_runner
from gongjiang.services.scoring.blind.panel import require_nothing_else
from gongjiang.services.scoring.recheck import recheck

#: Kinds of ties that an expert names in words before any name opens.
TIES = ("employers", "branches", "kin", "mentor_of", "recommended", "together")


@transaction.atomic
def add_expert(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    user: User,
    employer: str = "",
    title: str = "",
    trades: Sequence[str] = (),
) -> Expert:
    """Seat a user on a panel, with the grant that lets them in, and tell them. Seating them again changes nothing, but
    that who had declined is invited anew."""
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    if stage.scores == "import":
        raise BadInput("这一环节采用竞赛成绩，不设评审专家。", "This panel imports its scores.", place=stage.shown)
    require_nothing_else(programme, stage, user)
    made, fresh = Expert.objects.get_or_create(
        process=programme.process,
        stage=stage.id,
        user=user,
        defaults={"employer": employer.strip(), "title": title.strip(), "trades": list(trades)},
    )
    if not fresh and made.declined_at is None:
        return made
    if not fresh:
        made.declined_at, made.declined_why = None, ""
        made.save(update_fields=["declined_at", "declined_why"])
    body = _body(programme, stage)
    Grant.objects.get_or_create(
        user=user, organisation_id=body, role=Grant.Role.EXPERT, edition=programme.edition, until=None,
        defaults={"since": at},
    )  # fmt: skip
    append(
        actor=actor,
        at=at,
        action="panel.seat",
        kind="expert",
        key=made.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "user": user.pk},
    )
    told = f"请参加“{programme.edition.title}”的{stage.shown}：先申明利害关系、确认保密，再打开人选；不能参加的请说明。"
    tell(at=at, text=told, link="todo", user_id=user.pk)
    return made


def invite_expert(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    stage_id: str,
    username: str,
    employer: str = "",
    title: str = "",
) -> Expert:
    """Seat somebody by the name of their account. BadInput if there is no such account."""
    require_runner(actor, programme, panel_stage(programme, stage_id))
    user = account_named(username)
    return add_expert(
        actor=actor, at=at, programme=programme, stage_id=stage_id, user=user, employer=employer, title=title
    )


@transaction.atomic
def remove_expert(*, actor: Actor, at: datetime, programme: Programme, stage_id: str, expert_id: int) -> None:
    """Take somebody off a panel before they have scored; afterwards their sheets are voided one by one."""
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    expert = Expert.objects.select_for_update().filter(process=programme.process, stage=stage.id, pk=expert_id).first()
    if expert is None:
        return
    if expert.assignments.filter(sheets__submitted_at__isnull=False).exists():
        raise Refused("这位专家已经提交评分，不能移出；如有利害关系，请把相应的评分作废。", "They have scored already.")
    append(
        actor=actor,
        at=at,
        action="panel.unseat",
        kind="expert",
        key=expert.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "user": expert.user_id},
    )
    user_id = expert.user_id
    expert.delete()
    if not Expert.objects.filter(process__edition=programme.edition, user_id=user_id).exists():
        Grant.objects.filter(
            user_id=user_id, role=Grant.Role.EXPERT, edition=programme.edition, until__isnull=True
        ).update(until=at)


@transaction.atomic
def declare(
    *,
    actor: Actor,
    at: datetime,
    expert_id: int,
    confidential: bool,
    ties: Mapping[str, Sequence[str]] | None = None,
    conflicts: Mapping[int, str] | None = None,
) -> Expert:
    """The expert's own declaration: confidentiality, and every tie that calls for recusal. It opens the names.

    `ties`: words by kind (TIES), names of units and people; `conflicts`: case id → reason. Assignments
    that fall under either, or under what the rules find, become recusals at once; later ones are refused.
    It may be given again with more ties, never with fewer.
    """
    expert = own_seat(actor, expert_id)
    programme = programme_of(expert.process)
    stage = panel_stage(programme, expert.stage)
    if not confidential and expert.declared_at is None:
        raise BadInput("请先确认遵守评审保密纪律。", "Confirm confidentiality first.", place="保密承诺")
    reasons = {str(pk): why.strip() for pk, why in (conflicts or {}).items()}
    if not all(reasons.values()):
        raise BadInput("申请回避请写明缘由。", "Say why.", place="回避")
    held = expert.declared
    said = {kind: _merged(held.get(kind, []), (ties or {}).get(kind, ())) for kind in TIES}
    expert.declared = said | {"cases": {**held.get("cases", {}), **reasons}}
    expert.declared_at = expert.declared_at or at
    expert.save(update_fields=["declared", "declared_at"])
    late = recheck(actor=actor, at=at, programme=programme, stage_id=stage.id, expert_id=expert.pk)
    append(
        actor=actor,
        at=at,
        action="panel.declare",
        kind="expert",
        key=expert.pk,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "cases": sorted(reasons), "recused": [one.assignment.case_id for one in late]},
    )
    return expert


def _merged(before: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*before, *(one.strip()[:120] for one in more if one.strip())]))


def _body(programme: Programme, stage: Panel) -> int:
    """The organisation in whose name experts sit: the jury's, else whoever runs the panel."""
    held = dict(
        EditionRole.objects.filter(edition=programme.edition, per_case=False)
        .order_by("-id")
        .values_list("role", "organisation_id")
    )
    for role in (*sorted(programme.expand(stage.jury)), *sorted(programme.expand(stage.by))):
        if role in held:
            return held[role]
    return programme.edition.organiser_id
