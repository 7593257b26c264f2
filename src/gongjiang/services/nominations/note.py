"""The audit entry of what happened to a case, whichever room did it."""

from collections.abc import Mapping
from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case
from gongjiang.services.audit.append import append


def note_case(
    actor: Actor,
    at: datetime,
    case: Case,
    action: str,
    data: Mapping[str, object],
    *,
    kind: str = "case",
    key: int | None = None,
) -> None:
    """One entry, found again by the case and its edition. `kind`, `key`: the record of the case that it tells of (a
    file, a letter); left out: the case itself."""
    append(
        actor=actor,
        at=at,
        action=action,
        kind=kind,
        key=case.pk if key is None else key,
        case_id=case.pk,
        edition_id=case.process.edition_id,
        data=dict(data),
    )
