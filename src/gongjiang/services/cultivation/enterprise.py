"""What an enterprise did for an artisan, by year, and the artisan's innovation studio (第二十一条; ledger M-18)."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Stale
from gongjiang.models import EnterpriseYear, Honour, Studio
from gongjiang.rules.cultivation.enterprise import BANDS, STUDIO_LEVELS, pay_of
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation import scope
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.cultivation.writing import words
from gongjiang.services.honours.note import note_honour
from gongjiang.services.people.sealing import open_text, seal_text

WRITING = (Hand.EMPLOYER, Hand.UNION)
"""The enterprise tells what it did; the union may write it down for one that has no account."""
KNOWING = frozenset({Hand.EMPLOYER, Hand.UNION, Hand.ARTISAN})
"""Who reads the amount of the pay; others read the band."""
SEAL = "pay"


@dataclass(frozen=True)
class Done:
    """One year as typed. `pay`: the amount as text, '' for none told."""

    system: str = ""
    support: str = ""
    support_days: int | None = None
    responsibility: str = ""
    pay_band: str = ""
    pay_note: str = ""
    pay: str = ""


@dataclass(frozen=True)
class Workshop:
    """An innovation studio as typed."""

    name: str
    founded: date
    members: int
    level: str = ""
    achievements: str = ""
    ended_on: date | None = None


def years_visible_to(actor: Actor) -> QuerySet[EnterpriseYear]:
    """Years of the honours that the actor sees."""
    return EnterpriseYear.objects.filter(honour__in=scope.visible_to(actor)).order_by("-year")


def studio_of(actor: Actor, honour: Honour) -> Studio | None:
    """The studio of an honour that the actor sees."""
    return Studio.objects.filter(honour__in=scope.visible_to(actor), honour_id=honour.pk).first()


def amount_of(row: EnterpriseYear, hands: frozenset[Hand]) -> str:
    """The yearly pay in clear for who may know it, else ''."""
    return open_text(row.pay, SEAL) if row.pay and hands & KNOWING else ""


@transaction.atomic
def record_year(*, actor: Actor, at: datetime, honour_id: int, year: int, version: int, done: Done) -> EnterpriseYear:
    """Write one year, or change it; `version` 0 for a new one. BadInput by field, Stale where it changed meanwhile."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, *WRITING)
    this_year = timezone.localtime(at).year
    if not honour.from_date.year - 1 <= year <= this_year:
        raise BadInput(f"年度应在 {honour.from_date.year - 1} 到 {this_year} 年之间。", "No such year.", place="年度")
    values = _checked(done)
    if not any(values.values()):
        raise BadInput("请至少填写一项。", "Nothing is filled in.", place="培育工作制度")
    fixed = {**values, "by_id": actor.user_id, "at": at, "version": version + 1}
    if version == 0:
        row, made = EnterpriseYear.objects.get_or_create(honour=honour, year=year, defaults=fixed)
        if not made:
            raise Stale(f"{year} 年刚刚已有人填写，请在新页面上再改。", "Written meanwhile.")
    else:
        mine = EnterpriseYear.objects.filter(honour=honour, year=year, version=version)
        if not mine.update(**fixed):
            raise Stale("内容刚刚被别人改过，请在新页面上再改。", "Changed meanwhile.")
        row = EnterpriseYear.objects.get(honour=honour, year=year)
    told = {"year": year, "pay": bool(row.pay), "band": row.pay_band}
    note_honour(actor, at, honour, "enterprise.year", told)
    return row


@transaction.atomic
def record_studio(*, actor: Actor, at: datetime, honour_id: int, version: int, shop: Workshop) -> Studio:
    """Write down the studio, or change it; `version` 0 for a new one."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, *WRITING)
    name = words(shop.name, "名称", 60, needed=False)
    achievements = words(shop.achievements, "成果", 1000, needed=False)
    if not name:
        raise BadInput("请填写工作室的名称。", "Name it.", place="名称")
    if shop.level and shop.level not in STUDIO_LEVELS:
        raise BadInput("请选择级别。", "Choose the level.", place="级别")
    if not date(1949, 10, 1) <= shop.founded <= timezone.localtime(at).date():
        raise BadInput("成立日期不对，请核对。", "No such day.", place="成立日期")
    if not 1 <= shop.members <= 10_000:
        raise BadInput("成员人数应在 1 到 10000 之间。", "1 to 10,000.", place="成员人数")
    if shop.ended_on is not None and shop.ended_on < shop.founded:
        raise BadInput("撤销日期早于成立日期。", "It ends before it begins.", place="撤销日期")
    fixed = {
        "name": name, "level": shop.level, "founded": shop.founded, "members": shop.members,
        "achievements": achievements, "ended_on": shop.ended_on, "by_id": actor.user_id, "at": at,
        "version": version + 1,
    }  # fmt: skip
    if version == 0:
        row, made = Studio.objects.get_or_create(honour=honour, defaults=fixed)
        if not made:
            raise Stale("工作室刚刚已有人填写，请在新页面上再改。", "Written meanwhile.")
    else:
        if not Studio.objects.filter(honour=honour, version=version).update(**fixed):
            raise Stale("内容刚刚被别人改过，请在新页面上再改。", "Changed meanwhile.")
        row = Studio.objects.get(honour=honour)
    note_honour(actor, at, honour, "enterprise.studio", {"name": name, "members": shop.members})
    return row


def _checked(done: Done) -> dict[str, object]:
    if done.pay_band and done.pay_band not in BANDS:
        raise BadInput("请从所列的选择。", "Choose one.", place="薪酬待遇")
    if done.support_days is not None and not 0 <= done.support_days <= 366:
        raise BadInput("天数应在 0 到 366 之间。", "0 to 366 days.", place="脱产支持天数")
    try:
        amount = pay_of(done.pay)
    except ValueError:
        raise BadInput("年收入写作 186000 或 18.6万，不超过一亿元。", "An amount.", place="年收入") from None
    return {
        "system": words(done.system, "培育工作制度", 300, needed=False),
        "support": words(done.support, "支持参加培育活动", 300, needed=False),
        "support_days": done.support_days,
        "responsibility": words(done.responsibility, "履行社会责任", 300, needed=False),
        "pay_band": done.pay_band,
        "pay_note": words(done.pay_note, "薪酬待遇的落实", 300, needed=False),
        "pay": seal_text(str(amount), SEAL) if amount is not None else "",
    }
