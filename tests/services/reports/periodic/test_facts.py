"""What a report says of plans, mentors, training, contact and money: exact, as of its day, each figure its list."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.factories import AT, World, prepared_edition, small_world
from tests.services.reports.periodic.test_reports import asked, fresh, handed_in
from tests.services.tallies.test_kept import honoured

from gongjiang.documents.report import report_pdf
from gongjiang.kernel.errors import NotFound
from gongjiang.models import (
    Apprenticeship,
    BenefitGrant,
    Bestowal,
    Budget,
    BudgetVersion,
    Concern,
    Contact,
    CourtesyPolicy,
    CultivationPlan,
    Edition,
    Honour,
    LearningRound,
    MediaPiece,
    Mentorship,
    MidtermCheck,
    Milestone,
    Organisation,
    PeriodicReport,
    PowerScore,
    PracticeTask,
    ReportList,
    SessionPresence,
    Spending,
    TrainingEvent,
    TrainingPlace,
    TrainingSession,
)
from gongjiang.rules.reports.template import Template
from gongjiang.services.reports.invariants.reports import violations
from gongjiang.services.reports.periodic.draw import draw, figures_of
from gongjiang.services.reports.periodic.lists import listed, listed_live
from gongjiang.services.reports.periodic.paper import paper_of
from gongjiang.services.reports.periodic.roll_up import rolled_up
from gongjiang.services.reports.periodic.sheets import sheets_of
from gongjiang.services.tallies import recount

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SINCE, DAY = date(2026, 1, 1), date(2026, 6, 20)
EXPECTED = {
    "p.county.trainee": 1, "p.county.stands": 2, "p.county.new": 1, "p.county.women": 1, "p.county.young": 1,
    "x.county.agreed": 1, "x.county.making": 1, "x.county.none": 1,
    "x.county.due": 2, "x.county.reached": 1, "x.county.late": 1,
    "m.county.mentored": 2, "m.county.both": 1, "m.county.apprentices": 1, "m.county.taken": 1, "m.county.passed": 1,
    "d.专业导师.mentors": 2, "d.专业导师.people": 2, "d.技能导师.mentors": 1, "d.技能导师.people": 1,
    "e.工匠人才训练营.events": 1, "e.工匠人才训练营.people": 1, "e.工匠人才训练营.times": 2,
    "l.county.tested": 1, "l.county.evaluated": 1, "l.county.tasks": 1,
    "c.county.contacted": 1, "c.county.times": 2, "c.county.without": 2, "c.county.concerns": 2,
    "c.county.answered": 1, "c.county.midterm": 1,
    "t.county.approved": 500_000, "t.county.beyond": 10_000, "t.county.spent": 123_456, "t.county.committed": 50_000,
    "f.county-training.approved": 300_000, "f.county-training.beyond": 10_000, "f.county-training.spent": 123_456,
    "f.county-benefits.approved": 200_000, "f.county-benefits.committed": 50_000,
    "g.county.people": 2, "g.county.times": 2, "g.county.amount": 80_050, "g.county.bonus": 1_000_000,
    "w.county.policies": 1, "w.county.pieces": 1,
}  # fmt: skip


@pytest.fixture
def world() -> World:
    """Three people of the county's edition, one of them with everything."""
    world = small_world()
    edition = prepared_edition(world)
    Edition.objects.filter(pk=edition.pk).update(organiser=world["county"])
    edition.refresh_from_db()
    people = [honoured(edition, n, "county") for n in range(3)]
    Honour.objects.filter(pk__in=[one.pk for one in people[1:]]).update(state="stands")
    recount([one.pk for one in people])
    cultivated(*people)
    funded(world["county"], *people)
    trained(world["county"], people[0])
    return world


def cultivated(one: Honour, other: Honour, third: Honour) -> None:
    """Plans, mentors, contact; also what lies outside of the period and must not count."""
    agreed = {"union_at": AT, "needs_employer": False, "needs_nominator": False}
    past = AT - timedelta(days=40)
    CultivationPlan.objects.create(honour=one, number=1, state="in_force", at=past, in_force_at=past, **agreed)
    CultivationPlan.objects.create(honour=other, number=1, state="draft", at=past)
    CultivationPlan.objects.create(
        honour=third, number=1, state="in_force", at=at(2026, 6, 21), in_force_at=at(2026, 6, 22), **agreed
    )
    for key, due, state, done in (
        ("a", date(2026, 3, 1), "done", date(2026, 3, 2)), ("b", date(2026, 5, 1), "done", date(2026, 6, 21)),
        ("c", date(2026, 12, 1), "open", None),
    ):  # fmt: skip
        Milestone.objects.create(honour=one, key=key, title=f"节点{key}", due=due, state=state, done_on=done)
    both: dict[str, Any] = {"mentor_at": AT, "artisan_at": AT, "name": "钟带徒", "unit": "机械学院", "at": AT}
    early, late = date(2026, 2, 1), date(2026, 7, 1)
    for honour, kind, label, end in (
        (one, "professional", "专业导师", None), (one, "skill", "技能导师", late),
        (other, "professional", "专业导师", None),
        (third, "skill", "技能导师", date(2026, 3, 1)),
    ):  # fmt: skip
        gone = {"state": "ended", "ended": end, "reason": "工作调动"} if end else {"state": "standing"}
        Mentorship.objects.create(honour=honour, kind=kind, label=label, begun=early, **gone, **both)
    for begun, state, ended in ((early, "running", None), (date(2025, 3, 1), "passed", date(2026, 4, 1))):
        Apprenticeship.objects.create(
            honour=one,
            name="小徒",
            begun=begun,
            until=late,
            state=state,
            ended=ended,
            result="出师" if ended else "",
            at=AT,
        )
    for day in (date(2026, 2, 3), date(2026, 4, 3), date(2025, 12, 31)):
        Contact.objects.create(honour=one, on=day, way="visit", who="文经办", at=AT)
    Contact.objects.create(honour=other, on=early, way="call", who="文经办", at=AT, withdrawn_at=AT, reason="记错")
    for answer in ("", "已协调"):
        Concern.objects.create(
            honour=one, text="想参加数控研修", due=late, at=at(2026, 5, 1), answer=answer,
            answered_at=at(2026, 5, 9) if answer else None,
        )  # fmt: skip
    MidtermCheck.objects.create(honour=one, on=date(2026, 6, 1), outcome="on_track", text="按计划", at=AT)


def funded(county: Organisation, one: Honour, other: Honour, third: Honour) -> None:
    """Two budgets, one of them allowed beyond; money spent, set aside, undone; benefits and a bonus."""
    made = {}
    for purpose, approved in (("training", 300_000), ("benefits", 200_000)):
        budget = Budget.objects.create(
            organisation=county, level="county", year=2026, purpose=purpose, approved=approved, beyond=10_000
        )
        made[purpose] = budget
        version(budget, 1, approved, at(2026, 1, 9))
        version(budget, 2, approved + 77, at(2026, 6, 21))
    version(made["training"], 3, 10_000, at(2026, 5, 5), kind="beyond")
    for purpose, amount, state, day in (
        ("training", 123_450, "spent", date(2026, 3, 1)), ("training", 6, "spent", DAY),
        ("training", 99, "undone", DAY), ("training", 7, "spent", date(2026, 6, 21)),
        ("benefits", 50_000, "committed", date(2026, 6, 1)),
    ):  # fmt: skip
        reason = "重复" if state == "undone" else ""
        Spending.objects.create(
            budget=made[purpose], label="训练营食宿", amount=amount, state=state, on=day, at=AT, reason=reason
        )
    for honour, amount in ((one, Decimal("800.50")), (other, None)):
        BenefitGrant.objects.create(
            honour=honour, benefit="visit", label="走访慰问", period="2026", on=date(2026, 2, 10), amount=amount,
            payee=honour.name, at=AT,
        )  # fmt: skip
    for day, benefit in ((date(2026, 5, 1), "bonus"), (date(2025, 5, 1), "earlier")):
        Bestowal.objects.create(
            honour=one, benefit=benefit, label="奖励费", money=True, amount=10_000, payee=one.name, paid_on=day, at=AT
        )
    CourtesyPolicy.objects.create(
        organisation=county,
        level="county",
        title="礼遇办法",
        body="县委",
        on=date(2025, 1, 1),
        grants="免费乘车",
        at=AT,
    )
    MediaPiece.objects.create(
        organisation=county, title="匠心", kind="press", outlet="日报", on=DAY, link="https://news.example/1", at=AT
    )


def version(budget: Budget, number: int, amount: int, when: datetime, kind: str = "plan") -> None:
    BudgetVersion.objects.create(
        budget=budget, number=number, kind=kind, amount=amount, basis="年度计划", state="approved", at=when,
        decided_at=when,
    )  # fmt: skip


def trained(county: Organisation, one: Honour) -> None:
    """A camp of two sittings; a test, an evaluation, a task."""
    event = TrainingEvent.objects.create(
        organisation=county,
        kind="camp",
        title="训练营",
        first=date(2026, 4, 1),
        last=date(2026, 4, 2),
        state="open",
        at=AT,
    )
    place = TrainingPlace.objects.create(event=event, honour=one, state="in", at=AT)
    for day in (1, 2):
        session = TrainingSession.objects.create(
            event=event, title=f"第{day}天", starts=at(2026, 4, day), ends=at(2026, 4, day, 7), code="123456"
        )
        SessionPresence.objects.create(session=session, place=place, here=True, how="list", at=AT)
    learning = LearningRound.objects.create(honour=one, ordinal=1, title="第一轮", begun=date(2026, 3, 1), at=AT)
    for moment in ("entry", "evaluation"):
        for power in ("leading", "tackling"):
            PowerScore.objects.create(round=learning, moment=moment, power=power, score=80, on=date(2026, 5, 2), at=AT)
    PracticeTask.objects.create(round=learning, title="攻关", state="accepted", handed_at=at(2026, 5, 3), at=AT)


def at(year: int, month: int, day: int, hour: int = 2) -> datetime:
    return AT.replace(year=year, month=month, day=day, hour=hour, minute=0)


def told(world: World) -> tuple[PeriodicReport, dict[str, int]]:
    """The county's report, drawn."""
    one = fresh(asked(world), world)
    draw(actor=world.actor("wen"), at=AT, report_id=one.pk, version=1)
    one = fresh(one.call, world)
    return one, {key: n for key, n in one.figures.items() if n}


@pytest.mark.ledger("N-14")
@pytest.mark.ledger("M-19")
@pytest.mark.ledger("M-23")
def test_each_figure_is_exact_as_of_its_day_and_is_its_list(world: World) -> None:
    one, figures = told(world)
    assert figures == EXPECTED
    wen = world.actor("wen")
    for sheet in sheets_of(one):
        for _, cells in sheet.rows:
            for cell in cells:
                behind = listed(wen, one.pk, cell.figure)
                worth = sum(int(Decimal(said.replace(",", "")) * 100) for _, said in behind.lines if said)
                assert cell.n == behind.n == (worth or behind.length)
                assert behind.length == len(behind.honours) + len(behind.lines)
    assert list(violations()) == []


@pytest.mark.ledger("M-19")
def test_at_the_level_above_the_sums_beside_its_own_data(world: World) -> None:
    own = Budget.objects.create(organisation=world["city"], level="city", year=2026, purpose="training", approved=900)
    version(own, 1, 900, at(2026, 2, 2))
    one = handed_in(world)
    lines = {line.figure: line for line in rolled_up(world.actor("zhang"), AT, one.call)}
    assert lines["t.city.approved"].said == ("0", "9", "9")
    for figure, n in EXPECTED.items():
        assert (lines[figure].total, lines[figure].difference) == (n, 0), figure
    assert lines["t.county.spent"].said == ("1,234.56", "1,234.56", "0")
    for figure, line in lines.items():
        behind = listed_live(world.actor("zhang"), AT, one.call_id, figure)
        assert (behind.n, behind.length) == (line.live, len(behind.honours) + len(behind.lines)), figure
    with pytest.raises(NotFound):
        listed_live(world.actor("wen"), AT, one.call_id, "t.county.spent")
    with pytest.raises(NotFound):
        listed_live(world.actor("zhang"), AT, one.call_id, "t.county.nothing")
    assert lines["t.county.spent"].label == "县级：本期支出"
    assert lines["f.county-training.spent"].label == "县级　培训研修：本期支出"


def test_what_changes_afterwards_shows_in_a_new_draw_only(world: World) -> None:
    one, before = told(world)
    Spending.objects.filter(amount=6).update(state="undone", reason="重复")
    Contact.objects.filter(on=date(2026, 2, 3)).update(withdrawn_at=AT, reason="记错")
    Apprenticeship.objects.filter(state="running").update(state="passed", ended=date(2026, 6, 1), result="出师")
    assert fresh(one.call, world).figures["t.county.spent"] == 123_456
    assert listed(world.actor("wen"), one.pk, "t.county.spent").said == "1,234.56"
    draw(actor=world.actor("wen"), at=AT, report_id=one.pk, version=2)
    after = {key: n for key, n in fresh(one.call, world).figures.items() if n}
    changed = {key: after.get(key, 0) - before.get(key, 0) for key in {*after, *before}}
    assert {key: n for key, n in changed.items() if n} == {
        "t.county.spent": -6, "f.county-training.spent": -6, "c.county.times": -1,
        "m.county.apprentices": -1, "m.county.passed": 1,
    }  # fmt: skip
    assert list(violations()) == []


def test_amounts_of_a_report_handed_in_are_sealed(world: World) -> None:
    one = handed_in(world)
    assert list(violations()) == []
    row = ReportList.objects.get(report=one, figure="t.county.spent")
    ReportList.objects.filter(pk=row.pk).update(amounts=[row.amounts[0] + 1, row.amounts[1] - 1])
    assert [text for text in violations() if "上报后内容有改动" in text]


def test_the_paper_has_them_as_tables_and_charts(world: World) -> None:
    paper = paper_of(world.actor("zhang"), handed_in(world).pk)
    tables = {one.title: one for one in paper.tables}
    assert tables["专项资金情况（元）"].rows == (("县级", "5,000", "100", "1,234.56", "500"),)
    assert tables["导师和带徒情况"].rows == (("县级工匠", "2", "1", "1", "1", "1"),)
    assert [one.title for one in paper.charts] == ["本期支出（元）"]
    assert report_pdf(paper).startswith(b"%PDF")


def test_a_report_of_ones_own_leaves_out_the_money_of_others(world: World) -> None:
    def sums(reach: str, key: str) -> dict[str, int]:
        found = figures_of(world[key], Template("x", "报告", (), reach=reach), SINCE, DAY)
        return {one.id: one.n for one in found if one.id.startswith("t.")}

    assert sums("own", "city") == {}
    assert sums("tree", "city") == sums("own", "county")
    assert sums("tree", "other_county") == {}
