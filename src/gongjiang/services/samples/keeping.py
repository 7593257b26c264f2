"""Artisans of the samples who are looked after: contacts, points asked, the enterprise's years, studios, a profile that
is shown, policies and pieces in the media. All invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any, Final

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.cultivation.contact.concerns import answer, raise_concern
from gongjiang.services.cultivation.contact.midterm import Found, check_midterm
from gongjiang.services.cultivation.contact.record import Spoken, note
from gongjiang.services.cultivation.enterprise import Done, Workshop, record_studio, record_year
from gongjiang.services.cultivation.profile.consent import agree, publish
from gongjiang.services.cultivation.profile.draft import add_file, save_draft
from gongjiang.services.cultivation.profile.queries import draft_of
from gongjiang.services.cultivation.publicity.record import Piece, Policy, record_piece, record_policy
from gongjiang.services.rehearsal.material import portrait
from gongjiang.services.samples.cast import PASSWORD

#: Days before now, way, what was said; with all of them together.
TOGETHER: Final = (
    (640, "meeting", "培育启动座谈：说明培育方案、双导师和考核办法。"),
    (420, "meeting", "年度座谈：交流学习体会，征求对训练营的意见。"),
    (150, "visit", "走进生产一线慰问，了解攻关项目进展。"),
)
#: Days before now, way, what was said; with one after another.
SINGLY: Final = (
    (520, "call", "了解训练营的安排是否与生产冲突，单位已调整班次。"),
    (300, "visit", "到班组走访，看了新工装的使用情况。"),
    (70, "call", "提醒填写小结，谈了带徒进度。"),
    (35, "message", "发送助企行活动通知，已回复参加。"),
)
ASKED: Final = (
    (60, "希望协调一台六轴机器人供工作室练习离线编程。", "已与望澜技师学院商定，每周六开放实训室。"),
    (9, "想参加明年的境外研修，请告知报名条件。", ""),
)
WORDS: Final = (
    "从学徒干起，二十多年只做一件事：把厚壁管焊好。先后改进对接工装、窄间隙焊工艺，返修率由 4.1% 降到 0.9%。"
    "带出徒弟十四人，其中三人成为技师。工作室每月开放一天，欢迎同行来交流。"
)
WORKS: Final = (
    {"title": "厚壁管窄间隙焊工艺", "text": "焊材用量减少三成，单件工时由 9 小时降到 6 小时。"},
    {"title": "管端对接快换工装", "text": "换型时间由 40 分钟缩短到 6 分钟，已在三家企业使用。"},
)
POLICY: Final = Policy(
    level="city",
    title="关于进一步落实工匠人才礼遇的若干措施",
    body="中共望澜市委办公室、望澜市人民政府办公室",
    on=date(2025, 9, 1),
    grants="工匠人才凭证书免费乘坐公共交通、免费游览政府投资主办的景区；子女入学由教育部门优先协调；每年安排一次健康体检。",
    number="望办发〔2025〕31号",
    region="望澜市",
    link="https://www.example.invalid/policy/2025-31",
)
LATE, RECENT = 4, 100
"""Every fourth was not spoken to in the last hundred days, and waits for a word."""


def fill(actor: Actor, at: datetime, honours: Sequence[Honour], account: str = "") -> None:
    """Bring the looking after of honours of one edition to life, as far back as each has stood. `actor` runs the
    edition (the platform may); `account`: the first of them gets an account of this name, with the samples' password.
    """
    if not honours or honours[0].edition is None:
        return
    for days, way, said in TOGETHER:
        _speak(actor, at, days, way, said, honours)
    for n, (days, way, said) in enumerate(SINGLY):
        there = [one for k, one in enumerate(honours) if (k % LATE != LATE - 1 if days < RECENT else (k + n) % LATE)]
        _speak(actor, at, days, way, said, there)
    for n, one in enumerate(honours):
        _enterprise(actor, at, n, one)
    _midterm(actor, at, honours)
    _published(actor, at, honours)
    if account:
        _own(actor, at, honours[0], account)


def _speak(actor: Actor, at: datetime, days: int, way: str, said: str, honours: Sequence[Honour]) -> None:
    day = _day(at, days)
    there = [one.pk for one in honours if one.from_date <= day]
    if there:
        spoken = Spoken(day, way, said, "温和礼、章有序" if way in ("meeting", "visit") else "温和礼")
        note(actor=actor, at=_moment(day, at), honour_ids=there, spoken=spoken)


def _enterprise(actor: Actor, at: datetime, n: int, honour: Honour) -> None:
    acting: dict[str, Any] = {"actor": actor, "at": at, "honour_id": honour.pk}
    first, last = max(honour.from_date.year, timezone.localtime(at).year - 1), timezone.localtime(at).year
    bands = ("technical", "above", "manager", "average")
    for year in range(first, last + 1) if n % 5 else ():
        done = Done(
            system="制定工匠培育管理办法，纳入年度经营计划。",
            support="保障训练营、助企行时间，按出勤发放工资。",
            support_days=8 + n % 6,
            responsibility="工作室每月向中小企业开放，接待学习 40 余人次。" if n % 2 else "",
            pay_band=bands[n % len(bands)],
            pay_note="享受首席技师津贴。" if n % 3 == 0 else "",
            pay=str(168_000 + 3_000 * n) if n % 2 else "",
        )
        record_year(**acting, year=year, version=0, done=done)
    if n % 3 == 0:
        gains = "完成攻关 12 项，获实用新型专利 4 件。"
        shop = Workshop(f"{honour.name[:50]}创新工作室", date(2021, 5, 1), 6 + n % 7, "city", gains)
        record_studio(**acting, version=0, shop=shop)


def _midterm(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    today = timezone.localtime(at).date()
    for n, one in enumerate(honours):
        half = one.from_date + (one.until - one.from_date) / 2 if one.until else None
        day = half + timedelta(days=20) if half is not None else today
        if half is None or day > today or n % LATE == LATE - 1:
            continue
        found = Found(day, "on_track", "五项目标完成过半，带徒进度正常。")
        if n % 6 == 1:
            found = Found(day, "behind", "成就力目标没有进展。", "调整到 11 月技能大赛，导师每月辅导两次。")
        check_midterm(actor=actor, at=_moment(day, at), honour_id=one.pk, found=found)


def _published(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    organiser = honours[0].edition.organiser_id if honours[0].edition is not None else 0
    record_policy(actor=actor, at=at, organisation_id=organiser, policy=POLICY)
    for days, title, kind, outlet in (
        (130, "一把焊枪二十年", "press", "望澜日报"),
        (44, "工匠进校园：手艺要有人接着干", "broadcast", "望澜广播电视台"),
        (12, "走进创新工作室", "app", "职工之家"),
    ):
        link = f"https://www.example.invalid/news/{days}"
        about = tuple(one.pk for one in honours[: 1 + days % 3])
        piece = Piece(title, kind, outlet, _day(at, days), link, honour_ids=about)
        record_piece(actor=actor, at=at, organisation_id=organiser, piece=piece)


def _own(actor: Actor, at: datetime, honour: Honour, account: str) -> None:
    """The first of them signs in, asked twice, and is shown to the public."""
    subject = honour.subject
    if subject.user is None:
        subject.user = User.objects.create(username=account, full_name=honour.name, password=make_password(PASSWORD))
        subject.save(update_fields=["user"])
    own = actor_of(subject.user, at)
    for days, text, said in ASKED:
        if honour.from_date > _day(at, days):
            continue
        made = raise_concern(actor=own, at=at - timedelta(days=days), honour_id=honour.pk, text=text)
        if said:
            answer(actor=actor, at=at - timedelta(days=days - 6), concern_id=made.pk, version=made.version, text=said)
    acting: dict[str, Any] = {"actor": own, "at": at - timedelta(days=3), "honour_id": honour.pk}
    save_draft(**acting, version=1, words=WORDS, works=WORKS)
    add_file(**acting, kind="photo", name="工作照.jpg", content=BytesIO(portrait(7)))
    content = draft_of(honour).profile.content
    agree(**acting, content=content)
    publish(actor=actor, at=at - timedelta(days=2), honour_id=honour.pk, content=content)


def _day(at: datetime, days: int) -> date:
    return timezone.localtime(at).date() - timedelta(days=days)


def _moment(day: date, at: datetime) -> datetime:
    return min(at, timezone.make_aware(datetime.combine(day, time(16, 0))))
