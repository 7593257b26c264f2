"""What every step at a mentorship shares: the row found, compared and set, the step on record."""

from datetime import datetime
from typing import Any

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Honour, Mentorship
from gongjiang.services.cultivation.writing import LIVING
from gongjiang.services.honours.note import note_honour

THIS = "这一条"
"""How a mentorship or an apprenticeship is called."""


def require_living(honour: Honour) -> None:
    """Refused once the honour is over."""
    if honour.state not in LIVING:
        raise Refused(f"这项荣誉{honour.get_state_display()}，不再办理。", "The honour is over.")


def require_state(row: Mentorship, *states: str) -> None:
    """Refused unless the mentorship stands so."""
    if row.state not in states:
        raise Refused(f"{row.name}{row.get_state_display()}，不能再办这一步。", "Not from here.")


def record(actor: Actor, at: datetime, row: Mentorship, action: str, **data: Any) -> None:
    """The audit entry; numbers of telephones stay out of it."""
    told = {"honour": row.honour_id, "kind": row.kind, "name": row.name, **data}
    note_honour(actor, at, row.honour, f"mentor.{action}", told, kind="mentor", key=row.pk)
