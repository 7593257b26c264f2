"""The audit entry of what happened to an honour, whichever room did it."""

from collections.abc import Mapping
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour
from gongjiang.services.audit.append import append


def note_honour(
    actor: Actor,
    at: datetime,
    honour: Honour,
    action: str,
    data: Mapping[str, object],
    *,
    kind: str = "honour",
    key: int | None = None,
) -> None:
    """One entry, found again by the honour's case and edition. `kind`, `key`: the record about the honour that it
    tells of (a task, a milestone); left out: the honour itself."""
    append(
        actor=actor,
        at=at,
        action=action,
        kind=kind,
        key=honour.pk if key is None else key,
        case_id=honour.case_id,
        edition_id=honour.edition_id,
        data=dict(data),
    )
