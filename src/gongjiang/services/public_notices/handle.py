"""Handle an objection up to its decision: admit it, refuse it (two officers), write down what was found."""

from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Objection
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.authority import publish_stage, require_handler
from gongjiang.services.public_notices.merge import pass_on
from gongjiang.services.public_notices.steps import Kind, add_step
from gongjiang.services.public_notices.telling import tell_handlers

State = Objection.State


def held(objection_id: int, version: int | None) -> tuple[Objection, Programme, Publish]:
    """The objection, locked, with its programme and stage; Stale if somebody changed it since the page was shown."""
    Objection.objects.select_for_update().filter(pk=objection_id).first()
    found = (
        Objection.objects.select_related(
            "merged_into",
            "entry__case__subject",
            "entry__case__nominator",
            "entry__case__applying_unit",
            "entry__notice__process__edition__pack",
            "entry__notice__process__edition__organiser",
        )
        .filter(pk=objection_id)
        .first()
    )
    if found is None:
        raise NotFound()
    if version is not None and version != found.version:
        raise Stale("此页已过期：另一位同事刚刚办理过这件异议，请刷新后再办。", "Somebody changed this.")
    if found.merged_into is not None:
        raise Refused(f"{found.receipt}已并入{found.merged_into.receipt}，请在那一件上办理。", "It was merged.")
    programme = programme_of(found.entry.notice.process)
    return found, programme, publish_stage(programme, found.entry.notice.stage)


def write(
    actor: Actor,
    at: datetime,
    programme: Programme,
    objection: Objection,
    action: str,
    told: tuple[str, str] = ("", ""),
    **changes: Any,
) -> Objection:
    """Set fields, write the step (`told`: its kind and words), take merged matters along, and audit; texts of people
    stay out of the audit log."""
    old = objection.state
    for name, value in changes.items():
        setattr(objection, name, value)
    objection.version += 1
    objection.save(update_fields=[*changes, "version"])
    kind, text = told
    add_step(objection, kind, at, actor, text=text)
    if kind != Kind.PROPOSE:
        pass_on(objection, at, actor, kind)
    append(
        actor=actor,
        at=at,
        action=f"objection.{action}",
        kind="objection",
        key=objection.pk,
        case_id=objection.entry.case_id,
        edition_id=programme.edition.pk,
        data={"receipt": objection.receipt, "from": old, "to": objection.state, "version": objection.version}
        | {key: changes[key] for key in ("outcome",) if key in changes},
    )
    return objection


def require_state(objection: Objection, *states: str) -> None:
    """Raise Refused unless the matter is at one of these points."""
    if objection.state not in states:
        raise Refused(
            f"{objection.receipt}{objection.get_state_display()}，不能再办这一步。", "This step is not open now."
        )


@transaction.atomic
def admit(*, actor: Actor, at: datetime, objection_id: int, version: int | None = None) -> Objection:
    """受理: it will be verified. A refusal that was proposed and not confirmed falls away."""
    objection, programme, stage = held(objection_id, version)
    require_handler(actor, programme, stage, objection.entry.case)
    require_state(objection, State.RECEIVED)
    told = (Kind.ADMIT, "")
    return write(actor, at, programme, objection, "admit", told, state=State.ADMITTED, refusal="", refused_by_id=None)


@transaction.atomic
def propose_refusal(
    *, actor: Actor, at: datetime, objection_id: int, reason: str, version: int | None = None
) -> Objection:
    """不予受理, first officer: the reason. It takes effect when another officer confirms it."""
    objection, programme, stage = held(objection_id, version)
    require_handler(actor, programme, stage, objection.entry.case)
    require_state(objection, State.RECEIVED)
    said = _reason(reason)
    told_to = objection.entry.notice.unit_id
    text = f"异议 {objection.receipt} 拟不予受理，须由另一位同事确认。"
    tell_handlers(programme, stage, at, text, objection.pk, unit=told_to)
    told = (Kind.PROPOSE, said)
    return write(actor, at, programme, objection, "propose_refusal", told, refusal=said, refused_by_id=actor.user_id)


@transaction.atomic
def confirm_refusal(*, actor: Actor, at: datetime, objection_id: int, version: int | None = None) -> Objection:
    """不予受理, second officer: must be another person than the first (TRUST 7)."""
    objection, programme, stage = held(objection_id, version)
    require_handler(actor, programme, stage, objection.entry.case)
    require_state(objection, State.RECEIVED)
    if objection.refused_by_id is None:
        raise Refused("还没有人提出不予受理。", "Nobody has proposed a refusal.")
    if actor.user_id is None or objection.refused_by_id == actor.user_id:
        raise NotAllowed("不予受理须由另一位同事确认。", "A second officer must confirm.")
    return write(
        actor,
        at,
        programme,
        objection,
        "confirm_refusal",
        (Kind.REFUSE, objection.refusal),
        state=State.REFUSED,
        refusal_confirmed_by_id=actor.user_id,
    )


@transaction.atomic
def verify(*, actor: Actor, at: datetime, objection_id: int, finding: str, version: int | None = None) -> Objection:
    """核实: what was looked into and found so far; may be written on until the decision."""
    objection, programme, stage = held(objection_id, version)
    require_handler(actor, programme, stage, objection.entry.case)
    require_state(objection, State.ADMITTED, State.VERIFYING)
    said = clean(finding).strip()
    if not said:
        raise BadInput("请写明核实情况。", "Say what was found.", place="核实情况")
    told = (Kind.FINDING, said[:4000])
    return write(actor, at, programme, objection, "verify", told, state=State.VERIFYING, finding=said[:4000])


def _reason(reason: str) -> str:
    said = clean(reason).strip()
    if not said:
        raise BadInput("不予受理须写明理由。", "Give a reason.", place="理由")
    if len(said) > 500:
        raise BadInput("理由太长，最多 500 字。", "Too long.", place="理由")
    return said
