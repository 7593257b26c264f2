"""Plans, mentors and apprentices of the samples: two years of an invented cultivation, through the services."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel import phone
from gongjiang.kernel.actor import Actor
from gongjiang.models import CultivationPlan, Honour, Milestone
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.starting import due_in
from gongjiang.rules.cultivation.plans.text import PlanText, parse
from gongjiang.rules.cultivation.term import Term
from gongjiang.services.cultivation.framework import framework_of, term_of
from gongjiang.services.cultivation.mentors.answer import enter_paper as agree_on_paper
from gongjiang.services.cultivation.mentors.apprentices import Agreed, close, take_on
from gongjiang.services.cultivation.mentors.propose import Proposed, propose
from gongjiang.services.cultivation.plans.agree import enter_paper
from gongjiang.services.cultivation.plans.milestones import Done, finish
from gongjiang.services.cultivation.plans.save import save_plan
from gongjiang.services.cultivation.plans.start import revise_plan, start_plan
from gongjiang.services.cultivation.plans.turns import submit_plan

GOALS = (
    "在重点任务中担当主力，带动班组完成年度攻坚",
    "成果在行业内推广，形成可复制的操作法",
    "每年解决两项现场难题，申报专利一项",
    "主要工序一次合格率保持在 99.5% 以上",
    "带出两名能独立上岗的高级工",
)
"""One a power, in the powers' order, whatever they are called."""
STEPS = (
    (3, "完成入学测评，定下主攻课题"),
    (6, "参加第一期训练营并结业"),
    (9, "完成第一项攻关，报出成果"),
    (12, "期中检查，交中期小结"),
    (15, "参加技能大赛或技术交流"),
    (18, "申报创新工作室"),
    (21, "出版操作法或教学视频一套"),
    (24, "期满考核评价"),
)
NOTES = ("按期完成，材料已归档。", "已通过单位验收。", "完成情况良好，单位已通报表扬。")
PROFESSIONAL = (
    ("卓经纬", "澜江理工学院", "教授"),
    ("邬量衡", "望澜勘测院", "正高级工程师"),
    ("褚文理", "澜江职业技术学院", "副教授"),
    ("席构图", "青屿设计研究院", "高级工程师"),
)
SKILL = (
    ("焦师傅", "澜江重工有限公司", "首席技师"),
    ("钟火候", "松岭铸造有限公司", "特级技师"),
    ("丁砺锋", "澜江机床有限公司", "高级技师"),
    ("石守窑", "望川陶瓷有限公司", "高级技师"),
    ("马驭程", "青屿轨道装备有限公司", "特级技师"),
)
APPRENTICES = ("小岑", "小邬", "小钟", "小席", "小褚", "小卓")
NUMBERS = 700
"""Sample telephone numbers of mentors begin here."""


@transaction.atomic
def fill(actor: Actor, at: datetime, honours: Iterable[Honour]) -> None:
    """Bring plans, mentors and apprentices of these honours to where they would stand at `at`."""
    for n, honour in enumerate(honours):
        term = term_of(honour)
        if term.begun + timedelta(days=40) > timezone.localtime(at).date():
            continue
        _plan(actor, at, honour, term, n)
        _mentors(actor, at, honour, term, n)
        _apprentices(actor, at, honour, term, n)


def _plan(actor: Actor, at: datetime, honour: Honour, term: Term, n: int) -> None:
    given: dict[str, Any] = {"actor": actor, "honour_id": honour.pk}
    plan = start_plan(**given, at=_moment(term, 10))
    typed = _typed(honour, term, parse(plan.content), n)
    plan = save_plan(**given, at=_moment(term, 14), number=1, version=plan.version, typed=typed)
    if n % 9 == 8:
        return  # one in nine still waits for the others
    _through(given, _moment(term, 30), plan)
    for one in Milestone.objects.filter(honour=honour).order_by("due"):
        late = (n + one.position) % 7 == 3
        if one.due <= timezone.localtime(at).date() and not late:
            on = max(one.due - timedelta(days=1 + n % 9), term.begun)
            done = Done(on, NOTES[(n + one.position) % len(NOTES)])
            finish(**given, at=_evening(on), milestone_id=one.pk, version=None, done=done)
    if n % 3 == 1 and _moment(term, 400) < at:
        plan = revise_plan(**given, at=_moment(term, 380), reason="任务有变，增加一项攻关经费")
        more = {**typed, "funds": [*typed["funds"], {"purpose": "攻关试验", "amount": "20000", "source": "所在企业"}]}
        plan = save_plan(**given, at=_moment(term, 381), number=2, version=plan.version, typed=more)
        _through(given, _moment(term, 395), plan)


def _through(given: dict[str, Any], at: datetime, plan: CultivationPlan) -> None:
    """Asked for, and agreed by the other two on paper."""
    plan = submit_plan(**given, at=at, number=plan.number, version=plan.version)
    for party, needed in ((Hand.EMPLOYER, plan.needs_employer), (Hand.NOMINATOR, plan.needs_nominator)):
        if needed:
            plan = enter_paper(
                **given, at=at, number=plan.number, version=plan.version, party=party.value, basis="盖章的方案文本"
            )


def _typed(honour: Honour, term: Term, begun: PlanText, n: int) -> dict[str, Any]:
    powers = [one.shown for one in framework_of(honour).powers]
    case = honour.case
    firm = case.applying_unit.name if case is not None and case.applying_unit is not None else "所在企业"
    goals = [{"power": power, "text": GOALS[i % len(GOALS)]} for i, power in enumerate(powers)]
    measures = [{"power": one.power, "text": one.text, "who": one.who} for one in begun.measures]
    measures += [{"power": powers[n % len(powers)], "text": "安排到重点工程挂职锻炼一个月", "who": firm[:40]}]
    steps = [
        {"power": powers[(i + n) % len(powers)], "title": title, "due": _due(term, month)}
        for i, (month, title) in enumerate(STEPS)
        if (n + i) % 5 or month in {12, 24}
    ]
    return {
        "aim": begun.aim or "培育期满考核评价合格，成为本领域带头人。",
        "goals": goals,
        "measures": measures,
        "people": [
            {"name": "章有序", "post": "主办工会", "duty": "统筹和检查"},
            {"name": "温和礼", "post": "推荐单位工会", "duty": "联系和协调"},
            {"name": "兰报材", "post": firm[:60], "duty": "日常安排"},
        ],
        "steps": steps,
        "funds": [
            {"purpose": "训练营和课程", "amount": str(6000 + 500 * (n % 5)), "source": "主办工会"},
            {"purpose": "导师指导", "amount": "4000", "source": firm[:40]},
        ],
    }


def _due(term: Term, month: int) -> str:
    found = due_in(term, month)
    assert found is not None
    return found.isoformat()


def _mentors(actor: Actor, at: datetime, honour: Honour, term: Term, n: int) -> None:
    kinds = framework_of(honour).mentors
    people = (PROFESSIONAL, SKILL)
    for place, kind in enumerate(kinds[:2]):
        if (n + place) % 10 == 9:
            continue  # a place that is still to be filled
        cast = people[place]
        _stands(actor, _moment(term, 20 + place), honour, kind.id, cast[n % len(cast)], n * 2 + place)
        if n % 4 == 2 and place and _moment(term, 300) < at:
            other = cast[(n + 1) % len(cast)]
            _stands(actor, _moment(term, 290), honour, kind.id, other, n * 2 + 90, "原导师工作调动")


def _stands(
    actor: Actor, at: datetime, honour: Honour, kind: str, who: tuple[str, str, str], seq: int, because: str = ""
) -> None:
    name, unit, post = who
    asked = Proposed(kind, name, unit, post, phone.sample(NUMBERS + seq), because=because)
    row = propose(actor=actor, at=at, honour_id=honour.pk, asked=asked)
    for side in ("mentor", "artisan"):
        agree_on_paper(
            actor=actor, at=at, honour_id=honour.pk, mentorship_id=row.pk, version=None, side=side,
            basis="签字的双导师协议",
        )  # fmt: skip


def _apprentices(actor: Actor, at: datetime, honour: Honour, term: Term, n: int) -> None:
    for k in range(n % 3):
        begun = term.begun + timedelta(days=60 + 120 * k)
        if _evening(begun) >= at:
            return
        agreed = Agreed(
            APPRENTICES[(n + k) % len(APPRENTICES)], begun, begun + timedelta(days=365), "同班组", "中级工",
            "关键工序操作和工艺参数",
        )  # fmt: skip
        row = take_on(actor=actor, at=_evening(begun), honour_id=honour.pk, agreed=agreed)
        if _evening(row.until) < at:
            close(
                actor=actor, at=_evening(row.until), honour_id=honour.pk, apprenticeship_id=row.pk, version=None,
                passed=True, on=row.until, result="取得高级工证书，独立上岗",
            )  # fmt: skip


def _moment(term: Term, days: int) -> datetime:
    return _evening(term.begun + timedelta(days=days))


def _evening(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(17, 0)))
