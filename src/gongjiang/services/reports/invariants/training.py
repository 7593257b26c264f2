"""Seats at camps and activities are what the places say; attendance stands in the log."""

from collections.abc import Iterator

from django.db.models import CharField, Count, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat

from gongjiang.models import ActivityEntry, SessionPresence, TrainingEvent, TrainingPlace

NUMBER = 1
LAW = "训练营和活动的名额与报名一致，签到都记入活动记录"


def violations() -> Iterator[str]:
    """Counts that differ from their places, people who wait beside a free seat, attendance without an entry."""
    signed = Count("places", filter=Q(places__state=TrainingPlace.State.SIGNED))
    waiting = Count("places", filter=Q(places__state=TrainingPlace.State.WAITING))
    counted = TrainingEvent.objects.annotate(signed=signed, waiting=waiting)
    for event in counted.exclude(taken=F("signed")).order_by("pk"):
        yield f"活动 {event.pk}“{event.title}”：记为 {event.taken} 人，实际报名 {event.signed} 人"
    open_now = counted.filter(state=TrainingEvent.State.OPEN, waiting__gt=0)
    for event in open_now.filter(Q(seats=None) | Q(seats__gt=F("taken"))).order_by("pk"):
        yield f"活动 {event.pk}“{event.title}”：还有名额，却有 {event.waiting} 人候补"
    entry = ActivityEntry.objects.filter(
        honour=OuterRef("place__honour"),
        source=Concat(Value("camp:"), Cast(OuterRef("place__event"), CharField())),
        state=ActivityEntry.State.CONFIRMED,
    )
    for row in SessionPresence.objects.filter(~Exists(entry), here=True).select_related("place").order_by("pk"):
        yield f"活动 {row.place.event_id}：荣誉 {row.place.honour_id} 已签到，活动记录里没有"
