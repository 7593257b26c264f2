"""The form as it stood at a step: what was handed in stays readable."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Revision


def keep_revision(case: Case, actor: Actor, at: datetime) -> None:
    """The form as it stands, under its version."""
    Revision.objects.get_or_create(
        case=case, version=case.version, defaults={"values": case.values, "by_id": actor.user_id, "at": at}
    )
