"""Inquiries of the samples: an exit in which the person has answered, and a unit with a line in its record."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongjiang.models import Honour, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.inquiries.decide import confirm, propose
from gongjiang.services.inquiries.hear import notify, state_view
from gongjiang.services.inquiries.open import Asked, open_inquiry
from gongjiang.services.inquiries.prospect import prospect_of

EDITION = "nanning-2026-demo-named"
FIRST, SECOND = "lingzonggong", "pingfuhe"
DOUBT = Asked(
    "own",
    "提供虚假业绩材料",
    "市总工会主席办公会议第9次会议",
    "report",
    "发证单位来函，说明一份获奖证书并非其颁发。",
)
NEGLECT = Asked(
    "own",
    "未经集体研究即推荐",
    "市总工会主席办公会议第7次会议",
    "review",
    "推荐会议没有记录，经查没有召开。",
)


def bring(now: datetime) -> None:
    """Days before `now`, each at its own time."""
    honour = Honour.objects.filter(edition__slug=EDITION).select_related("case").order_by("pk").last()
    if honour is None or honour.case is None:
        return
    _neglect(honour, now - timedelta(days=12))
    _doubt(honour, now - timedelta(days=6))


def _doubt(honour: Honour, at: datetime) -> None:
    first = actor_of(User.objects.get(username=FIRST), at)
    made = open_inquiry(actor=first, at=at, prospect=prospect_of(first, honour_id=honour.pk), asked=DOUBT)
    due = timezone.localtime(at).date() + timedelta(days=10)
    notify(actor=first, at=at, inquiry_id=made.pk, notice="核查申报材料中一份获奖证书的真实性。", due=due)
    later = at + timedelta(days=2)
    said = "证书由原单位统一代办，本人愿意配合核查，请求听取本人当面说明。"
    state_view(actor=first, at=later, inquiry_id=made.pk, statement=said, hearing=True)


def _neglect(honour: Honour, at: datetime) -> None:
    first, other = (actor_of(User.objects.get(username=one), at) for one in (FIRST, SECOND))
    unit = honour.case.nominator_id if honour.case is not None else 0
    about = prospect_of(first, unit_id=unit, edition_id=honour.edition_id)
    asked = Asked(NEGLECT.ground, NEGLECT.situation, NEGLECT.basis, NEGLECT.source, NEGLECT.account, unit)
    made = open_inquiry(actor=first, at=at, prospect=about, asked=asked)
    due = timezone.localtime(at).date() + timedelta(days=5)
    notify(actor=first, at=at, inquiry_id=made.pk, notice="核查推荐人选是否经过集体研究。", due=due)
    state_view(actor=first, at=at, inquiry_id=made.pk, statement="情况属实，已经整改。")
    finding = "经查阅会议记录和询问有关人员，推荐前没有召开会议研究。"
    number = "南工发〔2026〕28号"
    propose(actor=first, at=at, inquiry_id=made.pk, upheld=True, finding=finding, document=number, no_tie=True)
    confirm(actor=other, at=at + timedelta(days=1), inquiry_id=made.pk, no_tie=True)
