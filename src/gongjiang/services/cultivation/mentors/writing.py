"""What every step at a mentorship shares: the row found, compared and set, the step on record."""

from datetime import datetime
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused, Stale
from gongjiang.kernel.text import check_length, clean
from gongjiang.models import Honour, Mentorship
from gongjiang.services.honours.note import note_honour

LIVING = frozenset({Honour.State.TRAINEE, Honour.State.STANDS, Honour.State.SUSPENDED})
"""Honours that have mentors and apprentices."""


def require_living(honour: Honour) -> None:
    """Refused once the honour is over."""
    if honour.state not in LIVING:
        raise Refused(f"这项荣誉{honour.get_state_display()}，不再办理。", "The honour is over.")


def require_state(row: Mentorship, *states: str) -> None:
    """Refused unless the mentorship stands so."""
    if row.state not in states:
        raise Refused(f"{row.name}{row.get_state_display()}，不能再办这一步。", "Not from here.")


def words(said: str, label: str, longest: int, *, needed: bool = True) -> str:
    """A text as it may be kept, on one line. BadInput by its label."""
    kept = " ".join(clean(said).split())
    if needed and not kept:
        raise BadInput(f"请填写{label}。", "Required.", place=label)
    decision = check_length(kept, longest, label=label)
    if not decision.allowed or len(kept) > longest:
        told = decision.reasons[0].text if decision.reasons else f"{label}不超过{longest}字。"
        raise BadInput(told, "Too long.", place=label)
    return kept


def write(row: Mentorship, version: int | None, **changes: Any) -> Mentorship:
    """Compare and set."""
    found = Mentorship.objects.filter(pk=row.pk, version=row.version if version is None else version)
    if not found.update(version=row.version + 1, **changes):
        raise Stale("这一条刚刚有人办理过，请刷新后再办。", "Somebody changed it.")
    row.version += 1
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def record(actor: Actor, at: datetime, row: Mentorship, action: str, **data: Any) -> None:
    """The audit entry; numbers of telephones stay out of it."""
    told = {"honour": row.honour_id, "kind": row.kind, "name": row.name, **data}
    note_honour(actor, at, row.honour, f"mentor.{action}", told, kind="mentor", key=row.pk)
