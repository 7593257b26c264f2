"""Move a deadline, for all or for one unit, with a reason on record."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.models import Edition, Extension, Organisation
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.publish_edition import require_organiser


@transaction.atomic
def extend(
    *,
    actor: Actor,
    at: datetime,
    edition: Edition,
    time: str,
    until: datetime,
    reason: str,
    opens: datetime | None = None,
    organisation: Organisation | None = None,
) -> Extension:
    """A time of the pack ends later (or opens earlier) from now on."""
    require_organiser(actor, edition.organiser)
    if not reason.strip():
        raise BadInput("延期须写明理由。", "An extension needs a reason.", place="理由")
    made = Extension.objects.create(
        edition=edition,
        time=time,
        organisation=organisation,
        opens=opens,
        until=until,
        reason=reason.strip(),
        by_id=actor.user_id,
        at=at,
    )
    append(
        actor=actor,
        at=at,
        action="edition.extend",
        kind="edition",
        key=edition.pk,
        edition_id=edition.pk,
        data={"time": time, "until": until.isoformat(), "reason": reason, "organisation": made.organisation_id},
    )
    return made
