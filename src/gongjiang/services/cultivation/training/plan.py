"""An event is planned: made, changed, published, called off."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from django.db import transaction
from django.db.models import QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.kernel.text import clean
from gongjiang.models import Edition, TrainingEvent, TrainingPlace
from gongjiang.rules.cultivation.kinds import BY_ID
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.scope import visible_to as honours_visible_to
from gongjiang.services.cultivation.training.coming import fill_up, told_people
from gongjiang.services.cultivation.training.queries import own_event, running
from gongjiang.services.cultivation.training.sessions import add_whole, follow_days
from gongjiang.services.messages.send import tell_all

State = TrainingEvent.State
SITTINGS = frozenset({"camp", "course"})
"""Kinds that are held in sessions; the others are one occasion."""
ALONE = frozenset({"summary", "practice", "mentoring"})
"""Kinds that nobody holds an event of."""
LONGEST = {"title": 80, "host": 80, "place": 120, "link": 300, "about": 2000, "power": 20}
MOST_DAYS = 800
MOST_SEATS = 100_000


@dataclass(frozen=True)
class Plan:
    """What is said of an event. `seats` None: as many as come; `editions` empty and `level` '': any."""

    kind: str
    title: str
    first: date
    last: date
    host: str = ""
    mode: str = "onsite"
    place: str = ""
    link: str = ""
    about: str = ""
    power: str = ""
    seats: int | None = None
    last_day: date | None = None
    editions: tuple[int, ...] = ()
    level: str = ""
    invited_only: bool = False


@transaction.atomic
def make_event(*, actor: Actor, at: datetime, organisation_id: int, plan: Plan) -> TrainingEvent:
    """A draft, held by one of the actor's organisations. An activity gets its one occasion at once.
    NotAllowed, BadInput."""
    if organisation_id not in running(actor) and not actor.is_platform:
        raise NotAllowed("请以本单位的名义举办。", "Not your organisation.")
    values = _checked(actor, plan)
    event = TrainingEvent.objects.create(organisation_id=organisation_id, by_id=actor.user_id, at=at, **values)
    event.editions.set(plan.editions)
    if event.kind not in SITTINGS:
        add_whole(event)
    _audit(actor, at, event, "training.make")
    return event


@transaction.atomic
def change_event(*, actor: Actor, at: datetime, event_id: int, version: int, plan: Plan) -> TrainingEvent:
    """Another plan for the same event. Seats never fall below those taken; whoever waits moves up where they grow."""
    event = own_event(actor, event_id, lock=True)
    if event.state == State.CANCELLED:
        raise Refused("活动已经取消，不能再改。", "It was called off.")
    values = _checked(actor, plan)
    if values["kind"] != event.kind and (values["kind"] in SITTINGS) != (event.kind in SITTINGS):
        raise Refused("训练营、课程与一次性的活动不能互换，请另建一项。", "Make another event.", place="种类")
    if plan.seats is not None and plan.seats < event.taken:
        raise Refused(f"已有 {event.taken} 人报名，名额不能少于此数。", "More have signed up.", place="名额")
    _at_version(event, version).update(**values, version=version + 1)
    event.editions.set(plan.editions)
    event.refresh_from_db()
    follow_days(event)
    fill_up(actor, at, event)
    _audit(actor, at, event, "training.change")
    return event


@transaction.atomic
def publish_event(*, actor: Actor, at: datetime, event_id: int, version: int) -> TrainingEvent:
    """From now on those it is for see it and sign up."""
    event = own_event(actor, event_id, lock=True)
    if event.state != State.DRAFT:
        raise Stale("这项活动已经发布或取消，请刷新。", "It was published already.")
    _at_version(event, version).update(state=State.OPEN, version=version + 1)
    event.refresh_from_db()
    _audit(actor, at, event, "training.publish")
    return event


@transaction.atomic
def cancel_event(*, actor: Actor, at: datetime, event_id: int, version: int, reason: str) -> TrainingEvent:
    """Call it off, with the reason; whoever wanted to come is told. What was attended stays on record."""
    event = own_event(actor, event_id, lock=True)
    said = clean(reason).strip()[:200]
    if not said:
        raise BadInput("请写明取消的理由，报名的人会看到。", "Give the reason.", place="理由")
    if event.state == State.CANCELLED:
        raise Stale("这项活动已经取消，请刷新。", "It was called off already.")
    _at_version(event, version).update(state=State.CANCELLED, reason=said, version=version + 1)
    coming = TrainingPlace.objects.filter(event=event).exclude(state=TrainingPlace.State.LEFT)
    tell_all(at=at, text=f"“{event.title}”取消：{said}", link=f"training:{event.pk}", user_ids=told_people(coming))
    event.refresh_from_db()
    _audit(actor, at, event, "training.cancel", reason=said)
    return event


def _checked(actor: Actor, plan: Plan) -> dict[str, object]:
    """The plan as it is kept. BadInput names the field."""
    values = asdict(plan)
    for key, longest in LONGEST.items():
        values[key] = clean(values[key]).strip()
        if len(values[key]) > longest:
            raise BadInput(f"最多 {longest} 个字符。", "Too long.", place=_LABELS[key])
    if not values["title"]:
        raise BadInput("请写名称。", "Give a title.", place="名称")
    if values["link"] and urlsplit(values["link"]).scheme not in {"http", "https"}:
        raise BadInput("线上地址应以 https:// 开头。", "An address begins with https.", place="线上地址")
    _check_days(plan)
    _check_choices(plan)
    seen = Edition.objects.filter(pk__in=plan.editions, honours__in=honours_visible_to(actor)).distinct().count()
    if seen != len(set(plan.editions)):
        raise BadInput("所选的届次不在本单位的范围里。", "No such edition.", place="面向届次")
    del values["editions"]
    return values


def _check_days(plan: Plan) -> None:
    if plan.last < plan.first:
        raise BadInput("结束日期早于开始日期。", "It ends before it begins.", place="结束日期")
    if (plan.last - plan.first).days > MOST_DAYS:
        raise BadInput("一项活动最长两年，请分期举办。", "Too long.", place="结束日期")
    if plan.last_day is not None and plan.last_day > plan.last:
        raise BadInput("报名截止不能晚于活动结束。", "Signing up ends before the event.", place="报名截止")


def _check_choices(plan: Plan) -> None:
    if plan.kind not in BY_ID or plan.kind in ALONE:
        raise BadInput("请选择种类。", "Choose a kind.", place="种类")
    if plan.seats is not None and not 1 <= plan.seats <= MOST_SEATS:
        raise BadInput("名额应在 1 到 100000 之间；不限名额的留空。", "Seats from 1.", place="名额")
    if plan.mode not in TrainingEvent.Mode.values:
        raise BadInput("请选择方式。", "Choose a mode.", place="方式")
    if plan.level and plan.level not in LEVELS:
        raise BadInput("没有这个级别。", "No such level.", place="面向级别")


_LABELS = {
    "title": "名称",
    "host": "承办单位",
    "place": "地点",
    "link": "线上地址",
    "about": "安排和要求",
    "power": "着重提升",
}


def _at_version(event: TrainingEvent, version: int) -> "QuerySet[TrainingEvent]":
    """The row if nobody changed it meanwhile. Stale otherwise."""
    if event.version != version:
        raise Stale("这项活动刚刚被改过，请刷新后重试。", "It was changed meanwhile.")
    return TrainingEvent.objects.filter(pk=event.pk, version=version)


def _audit(actor: Actor, at: datetime, event: TrainingEvent, action: str, **data: str) -> None:
    append(actor=actor, at=at, action=action, kind="training", key=event.pk, data={"title": event.title, **data})
