"""并案: matters about the same facts are handled as one, each objector answered under their own number."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Objection
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.public_notices.authority import publish_stage, require_handler
from gongjiang.services.public_notices.settle import OVER
from gongjiang.services.public_notices.steps import Kind, add_step

State = Objection.State
FOLLOWS: Final = ("state", "refusal", "refused_by_id", "refusal_confirmed_by_id", "finding", "outcome", "answer",
                  "basis", "decided_at", "decided_by_id")  # fmt: skip
"""What a merged matter takes over from the one that is handled."""


@transaction.atomic
def merge(
    *, actor: Actor, at: datetime, objection_id: int, into: str, reason: str = "", version: int | None = None
) -> Objection:
    """Join a matter to another about the same person, named by its receipt number, that has been admitted. From then
    on the other is handled, and this one ends as it does. Raises BadInput (no such matter), Refused, Stale."""
    one, target = _two(actor, objection_id, into, version)
    if target.merged_into_id is not None:
        raise Refused(f"{target.receipt}已并入另一件，请并入那一件。", "It was merged itself.")
    if target.state not in (State.ADMITTED, State.VERIFYING):
        raise Refused(f"{target.receipt}{target.get_state_display()}；须先受理，再把别的并进来。", "Admit it first.")
    Objection.objects.filter(merged_into=one).update(merged_into=target)
    one.merged_into = target
    take_over(one, target)
    one.save(update_fields=["merged_into", "version", *FOLLOWS])
    why = clean(reason).strip()[:300]
    add_step(one, Kind.MERGE, at, actor, text=f"并入{target.receipt}。{why}")
    add_step(target, Kind.MERGE, at, actor, text=f"{one.receipt}并入本件。{why}")
    _told(actor, at, one, "merge", {"into": target.receipt})
    return one


@transaction.atomic
def split(*, actor: Actor, at: datetime, objection_id: int, version: int | None = None) -> Objection:
    """Handle a merged matter apart again, while it is open. Raises Refused, Stale."""
    one = _handled(actor, objection_id, version)
    if one.merged_into is None or one.state in OVER:
        raise Refused("这件异议没有并案，或已经办结。", "Not merged, or over.")
    other = one.merged_into.receipt
    one.merged_into, one.version = None, one.version + 1
    one.save(update_fields=["merged_into", "version"])
    add_step(one, Kind.SPLIT, at, actor, text=f"不再与{other}一并办理。")
    _told(actor, at, one, "split", {"from": other})
    return one


def pass_on(objection: Objection, at: datetime, actor: Actor, kind: str) -> None:
    """Matters that were merged into this one go the same way. Inside the transaction that moved it."""
    for one in Objection.objects.select_for_update().filter(merged_into=objection).order_by("pk"):
        take_over(one, objection)
        one.save(update_fields=["version", *FOLLOWS])
        add_step(one, kind, at, actor, text=f"随{objection.receipt}办理。")


def take_over(one: Objection, target: Objection) -> None:
    """Set what a merged matter shares with the one that is handled."""
    for name in FOLLOWS:
        setattr(one, name, getattr(target, name))
    one.version += 1


def alike(objection: Objection, others: Iterable[Objection]) -> list[Objection]:
    """Those of the others that say the very same words: first to be thought of."""
    return [one for one in others if one.fingerprint and one.fingerprint == objection.fingerprint]


def _two(actor: Actor, objection_id: int, into: str, version: int | None) -> tuple[Objection, Objection]:
    one = _handled(actor, objection_id, version)
    target = (
        Objection.objects.select_for_update(of=("self",))
        .filter(receipt=into.strip().upper(), entry__case_id=one.entry.case_id)
        .exclude(pk=one.pk)
        .first()
    )
    if target is None:
        raise BadInput(
            "没有这个编号的异议，或反映的不是同一人。", "No such matter about the same person.", place="并入"
        )
    if one.state in OVER:
        raise Refused(f"{one.receipt}已经办结，不能并案。", "Over.")
    return one, target


def _handled(actor: Actor, objection_id: int, version: int | None) -> Objection:
    Objection.objects.select_for_update().filter(pk=objection_id).first()
    found = (
        Objection.objects.select_related("merged_into", "entry__case", "entry__notice__process__edition__pack")
        .filter(pk=objection_id)
        .first()
    )
    if found is None:
        raise NotFound()
    programme = programme_of(found.entry.notice.process)
    require_handler(actor, programme, publish_stage(programme, found.entry.notice.stage), found.entry.case)
    if version is not None and version != found.version:
        raise Stale("此页已过期：另一位同事刚刚办理过这件异议，请刷新后再办。", "Somebody changed this.")
    return found


def _told(actor: Actor, at: datetime, one: Objection, action: str, data: dict[str, Any]) -> None:
    append(
        actor=actor,
        at=at,
        action=f"objection.{action}",
        kind="objection",
        key=one.pk,
        case_id=one.entry.case_id,
        edition_id=one.entry.notice.process.edition_id,
        data={"receipt": one.receipt, **data},
    )
