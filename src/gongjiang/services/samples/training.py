"""Training of the samples: two years of camps, activities, rounds and entries for given artisans. All invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, TrainingEvent, TrainingPlace, TrainingSession
from gongjiang.services.cultivation import log
from gongjiang.services.cultivation.keeping import powers_of
from gongjiang.services.cultivation.training.coming import invite, sign_up
from gongjiang.services.cultivation.training.plan import Plan, make_event, publish_event
from gongjiang.services.cultivation.training.presence import tick
from gongjiang.services.cultivation.training.rounds import begin_round, end_round, measure
from gongjiang.services.cultivation.training.sessions import Sitting, add_sessions
from gongjiang.services.cultivation.training.tasks import Asked, set_task

#: days before now, kind, title, host, place, how many days, seats
HELD: Final = (
    (560, "camp", "第一期工匠人才训练营", "望澜技师学院", "望澜技师学院实训楼", 3, 40),
    (390, "visit", "劳模工匠助企行：进青屿工业园", "青屿区总工会", "青屿工业园", 1, None),
    (250, "seminar", "数字化制造专题研修", "望澜工匠学院", "线上直播与望澜工匠学院", 2, 60),
    (120, "exchange", "区域创新交流会", "澜江重工有限公司", "澜江重工技术中心", 1, None),
)
PLANNED: Final = (
    (18, "camp", "第二期工匠人才训练营", "望澜技师学院", "望澜技师学院实训楼", 3, 12),
    (40, "talk", "工匠进校园宣讲", "望澜职业技术学院", "望澜职业技术学院礼堂", 1, None),
)
#: days before now, kind, title, hours, people, host, confirmed
DONE: Final = (
    (600, "mentoring", "与技能导师商定年度学习计划", "2", None, "", True),
    (520, "innovation", "改进厚壁管对接工装，返修率由 4.1% 降到 0.9%", None, 12, "本车间", True),
    (455, "talk", "进社区讲工匠故事", None, 85, "青屿区文明街道", True),
    (410, "teaching", "担任职业院校兼职导师，讲授焊接工艺", "8", 46, "望澜职业技术学院", True),
    (330, "contest", "参加全市职业技能大赛，获第二名", None, None, "望澜市总工会", True),
    (280, "abroad", "赴境外研修精密测量", "40", None, "望澜市总工会", True),
    (200, "apprentices", "带徒 2 人签订师徒协议", None, 2, "本单位", True),
    (150, "visit", "到小微企业解决变形难题", "6", 18, "远岸精密制造厂", True),
    (90, "publicity", "在“职工之家”展示焊接绝活", None, 1200, "", True),
    (25, "course", "自学机器人离线编程", "12", None, "", False),
    (6, "talk", "给新职工讲安全操作", None, 60, "本单位", False),
)
MEASURED: Final = 8
"""So many have begun with rounds; the others still stand before the first."""
BASE: Final = (62, 70, 55, 74, 58)
LATER: Final = (71, 78, 66, 80, 69)


def fill(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    """Bring training to life for honours of one edition, as far back as each has stood. `actor` runs the edition (the
    platform may)."""
    if not honours or honours[0].edition is None:
        return
    for event in HELD:
        _hold(actor, at, event, honours)
    for event in PLANNED:
        _plan(actor, at, event, honours)
    _entries(actor, at, honours)
    for n, honour in enumerate(honours[:MEASURED]):
        _rounds(actor, at, honour, n)


def _hold(
    actor: Actor, at: datetime, held: tuple[int, str, str, str, str, int, int | None], honours: Sequence[Honour]
) -> None:
    """One that is over: planned a month before, signed up for, attended."""
    before, kind, title, host, place, days, seats = held
    first = timezone.localtime(at).date() - timedelta(days=before)
    coming = [one for one in honours if one.from_date <= first - timedelta(days=30)]
    if not coming:
        return
    then = _noon(first - timedelta(days=30))
    event = _make(actor, then, honours[0], (kind, title, host, place, days, seats), first)
    sign_up(actor=actor, at=then, event_id=event.pk, honour_ids=[one.pk for one in coming])
    places = list(TrainingPlace.objects.filter(event=event, state="signed").order_by("pk").values_list("pk", flat=True))
    for n, session in enumerate(TrainingSession.objects.filter(event=event).order_by("starts")):
        here = {pk for k, pk in enumerate(places) if (k + n) % 7}
        tick(actor=actor, at=session.ends, session_id=session.pk, shown=places, here=here)


def _plan(
    actor: Actor, at: datetime, planned: tuple[int, str, str, str, str, int, int | None], honours: Sequence[Honour]
) -> None:
    """One to come: a third signed up, a third invited."""
    after, kind, title, host, place, days, seats = planned
    first = timezone.localtime(at).date() + timedelta(days=after)
    then = at - timedelta(days=10)
    event = _make(actor, then, honours[0], (kind, title, host, place, days, seats), first)
    standing = [one.pk for one in honours if one.state in {"trainee", "stands"}]
    sign_up(actor=actor, at=then, event_id=event.pk, honour_ids=standing[::3])
    invite(actor=actor, at=then, event_id=event.pk, honour_ids=standing[1::3])


def _make(
    actor: Actor, at: datetime, honour: Honour, told: tuple[str, str, str, str, int, int | None], first: date
) -> TrainingEvent:
    kind, title, host, place, days, seats = told
    edition = honour.edition
    organiser = edition.organiser_id if edition is not None else 0
    plan = Plan(
        kind=kind, title=title, first=first, last=first + timedelta(days=days - 1), host=host, place=place, seats=seats,
        mode="both" if "线上" in place else "onsite", about="请带工装和学习笔记，食宿由主办单位统一安排。",
    )  # fmt: skip
    event = make_event(actor=actor, at=at, organisation_id=organiser, plan=plan)
    if kind in {"camp", "course"}:
        sittings = []
        for n, topic in enumerate(("入学测评与五力分析", "难题攻关与实操", "成果展示与结业评价")[:days]):
            starts = _noon(first + timedelta(days=n)) - timedelta(hours=3)
            sittings.append(Sitting(topic, starts, starts + timedelta(hours=8), Decimal(6)))
        add_sessions(actor=actor, at=at, event_id=event.pk, sittings=sittings)
    return publish_event(actor=actor, at=at, event_id=event.pk, version=event.version)


def _entries(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    """Some of what may be done, another choice for each."""
    today, powers = timezone.localtime(at).date(), powers_of(honours[0])
    for k, (before, kind, title, hours, people, host, sure) in enumerate(DONE):
        done: list[tuple[Honour, log.Doing]] = []
        for n, honour in enumerate(honours):
            on = today - timedelta(days=before + n % 9)
            if on >= honour.from_date and (k + n) % 3 != 2:
                doing = log.Doing(
                    kind, title, on, hours=Decimal(hours) if hours else None, people=people, host=host,
                    power=powers[(k + n) % len(powers)],
                )  # fmt: skip
                done.append((honour, doing))
        state = log.State.CONFIRMED if sure else log.State.CLAIMED
        then = min(at, _noon(today - timedelta(days=before - 2)))
        log.record_many(actor=actor, at=then, done=done, state=state)


def _rounds(actor: Actor, at: datetime, honour: Honour, n: int) -> None:
    """A first round that is over, a second that runs, where the term is long enough."""
    today, powers = timezone.localtime(at).date(), powers_of(honour)
    begun = max(honour.from_date, today - timedelta(days=580))
    if honour.state not in {"trainee", "stands"} or begun >= today:
        return
    ended = begun + (today - begun) * 2 // 3
    starts = _noon(begun)
    one = begin_round(actor=actor, at=starts, honour_id=honour.pk, title="第一轮", begun=begun, hours=Decimal(12))
    _score(actor, starts, one.pk, "entry", begun, powers, BASE, n)
    if (today - begun).days < 120:
        _task(actor, at, one.pk, powers[-1], today + timedelta(days=21))
        return
    over = _noon(ended)
    _score(actor, over, one.pk, "evaluation", ended, powers, LATER, n)
    end_round(actor=actor, at=over, round_id=one.pk, on=ended)
    two = begin_round(actor=actor, at=over, honour_id=honour.pk, title="第二轮", begun=ended, hours=Decimal(40))
    _score(actor, over, two.pk, "entry", ended, powers, tuple(x + 2 for x in LATER), n)
    _task(actor, at, two.pk, powers[-1], today + timedelta(days=21))


def _score(
    actor: Actor, at: datetime, round_id: int, moment: str, on: date, powers: Sequence[str], base: Sequence[int], n: int
) -> None:
    scores = {power: Decimal(base[k % len(base)] + (n * (k + 3)) % 9) for k, power in enumerate(powers)}
    measure(actor=actor, at=at, round_id=round_id, moment=moment, on=on, scores=scores)


def _task(actor: Actor, at: datetime, round_id: int, power: str, due: date) -> None:
    what = "说明原来的做法、改进和效果，附现场照片。"
    asked = Asked("完成一项岗位改进并写出总结", what, power, due, Decimal(8))
    set_task(actor=actor, at=at, round_id=round_id, asked=asked)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
