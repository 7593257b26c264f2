"""Events and files for tests of training."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image
from tests.services.cultivation.kept import AT, Kept

from gongjiang.models import TrainingEvent
from gongjiang.services.cultivation.training.plan import Plan, make_event, publish_event
from gongjiang.services.cultivation.training.sessions import Sitting, add_sessions

FIRST = date(2026, 7, 1)
MORNING = timezone.make_aware(datetime(2026, 7, 1, 9, 0))


def plan(**said: Any) -> Plan:
    """A camp of three days in July, unless said otherwise."""
    return Plan(**{"kind": "camp", "title": "第一期训练营", "first": FIRST, "last": FIRST + timedelta(days=2), **said})


def camp(found: Kept, *, by: str = "zhang", at: datetime = AT, days: int = 0, **said: Any) -> TrainingEvent:
    """A published event of the city, with so many sessions of six hours from nine on."""
    actor = found.actor(by)
    home = said.pop("organisation", "city")
    event = make_event(actor=actor, at=at, organisation_id=found.world[home].pk, plan=plan(**said))
    sittings = [
        Sitting(f"第{n + 1}课", MORNING + timedelta(days=n), MORNING + timedelta(days=n, hours=8), Decimal(6))
        for n in range(days)
    ]
    if sittings:
        add_sessions(actor=actor, at=at, event_id=event.pk, sittings=sittings)
    return publish_event(actor=actor, at=at, event_id=event.pk, version=event.version)


def picture() -> BytesIO:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    out.seek(0)
    out.name = "现场.jpg"
    return out
