"""Inquiries of the samples: an exit in which the person has answered, a unit with a line in its record; and two who
were chosen, of whom a change of employer was told, once late."""

from datetime import datetime, timedelta

from django.utils import timezone

from gongjiang.models import Honour, StageRow, User
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.honours.duties import declare_change
from gongjiang.services.inquiries.decide import confirm, propose
from gongjiang.services.inquiries.hear import notify, state_view
from gongjiang.services.inquiries.open import Asked, open_inquiry
from gongjiang.services.inquiries.prospect import prospect_of
from gongjiang.services.nominations.transition import move

EDITION = "nanning-2026-demo-named"
SENT = "jiangsu-2026-demo-sent"
UNIT, PROVINCE = "gushigong", "qianshengshen"
CHANGES = (
    (-3, "云湖智能装备有限公司", "企业重组，整体划转。"),
    (60, "江岸轴承有限公司", "集团内部调配，参加重点项目。"),
)
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
    _bound(now)
    honour = Honour.objects.filter(edition__slug=EDITION).select_related("case").order_by("pk").last()
    if honour is None or honour.case is None:
        return
    _neglect(honour, now - timedelta(days=12))
    _doubt(honour, now - timedelta(days=6))


def _bound(now: datetime) -> None:
    rows = StageRow.objects.filter(process__edition__slug=SENT, stage="result", state=RowState.OPEN)
    mine = rows.filter(case__nominator__grants__user__username=UNIT).order_by("case_id")[:2]
    chosen, told = now - timedelta(days=5), now - timedelta(days=1)
    officer, province = (actor_of(User.objects.get(username=one), chosen) for one in (UNIT, PROVINCE))
    for row, (days, after, reason) in zip(list(mine), CHANGES, strict=False):
        move(actor=province, at=chosen, case_id=row.case_id, stage_id="result", action="report")
        on = timezone.localtime(now).date() + timedelta(days=days)
        declare_change(
            actor=officer, at=told, case_id=row.case_id, obligation="stay", after=after, on=on, reason=reason
        )


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
