"""The clock of a sample installation: it starts where the sample editions are, and may be moved on."""

from datetime import datetime, timedelta

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.models import SampleClock
from gongjiang.services.audit.append import append


def offset() -> timedelta | None:
    """How far the sample clock stands from the real one; None where the clock is real."""
    row = SampleClock.objects.filter(pk=1).values_list("offset_seconds", flat=True).first()
    return None if row is None else timedelta(seconds=row)


@transaction.atomic
def move_clock(*, actor: Actor, at: datetime, to: datetime, real: datetime) -> None:
    """Move the sample clock on to `to`; only forwards, and only where there is a sample clock."""
    row = SampleClock.objects.select_for_update().filter(pk=1).first()
    if row is None:
        raise Refused("这里用的是真实时钟，不能拨动。", "This installation's clock is real.")
    if actor.anonymous:
        raise Refused("请先登录。", "Sign in first.")
    if to < at:
        raise BadInput("演示时钟只能往后拨。", "The clock only moves forward.", place="时间")
    row.offset_seconds = int((to - real).total_seconds())
    row.save()
    append(actor=actor, at=to, action="clock.move", kind="clock", key=1, data={"to": to.isoformat()})
