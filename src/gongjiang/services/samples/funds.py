"""Benefits and money of artisans in mid-term: budgets of two years, visits, checks, sums paid, a service to be booked.
The people are invented."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final

from django.db.models import Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.models import Budget, Grant, Honour, Organisation, User
from gongjiang.rules.honours.standing import HELD
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.funds.board import promised
from gongjiang.services.funds.budgets import decide, propose
from gongjiang.services.funds.grant import grant
from gongjiang.services.funds.offers import Wanted, book, offer
from gongjiang.services.funds.plan import Asked, plan_grants
from gongjiang.services.funds.spend import Item, spend

PLANS: Final = (
    ("benefits", "120000", "走访慰问、健康体检、疗休养"),
    ("training", "260000", "两期训练营，每期 60 人 5 天"),
    ("activities", "80000", "劳模工匠助企行、创新交流"),
    ("studios", "150000", "创新工作室设备和耗材"),
)
ITEMS: Final = (
    ("training", "第一期训练营场地和食宿", "86400", "望澜技师学院", False),
    ("training", "第二期训练营场地（合同已签）", "91200", "望澜技师学院", True),
    ("activities", "助企行交通费", "5230.50", "望澜客运有限公司", False),
    ("studios", "焊接试板和耗材", "12800", "澜江重工有限公司", False),
)


def fill(actor: Actor, at: datetime, honours: Sequence[Honour]) -> None:
    """Bring this part to life for honours of one edition: last year's and this year's money, what was given, what can
    be booked. Nothing where the organiser has no two people who plan and approve."""
    held = [one for one in honours if one.state in HELD and one.edition is not None]
    if not held or held[0].edition is None:
        return
    edition = held[0].edition
    people = _people(edition.organiser, at)
    if len(people) < 2:
        return
    planner, approver = people[0], people[1]
    today = timezone.localtime(at).date()
    for year in (today.year - 1, today.year):
        _budgets(planner, approver, at, edition.organiser, year)
    _given(planner, at, held, today)
    _offer(planner, at, held, today)


def _people(organiser: Organisation, at: datetime) -> list[Actor]:
    """Who plans and somebody else who approves, there or in a body right under it (党组、领导小组办公室)."""
    here = Q(organisation=organiser)
    bodies = here | Q(organisation__parent=organiser, organisation__kind=Organisation.Kind.BODY)
    grants = Grant.objects.filter(until=None, edition=None, user__is_active=True)
    planners = (
        grants.filter(here, role__in=["officer", "approver"]).order_by("user_id").values_list("user_id", flat=True)
    )
    approvers = grants.filter(bodies, role="approver").order_by("organisation__path", "user_id")
    for planner in planners:
        other = next((one for one in approvers.values_list("user_id", flat=True) if one != planner), None)
        if other is not None:
            users = User.objects.in_bulk([planner, other])
            return [actor_of(users[planner], at), actor_of(users[other], at)]
    return []


def _budgets(planner: Actor, approver: Actor, at: datetime, organiser: Organisation, year: int) -> None:
    today = timezone.localtime(at).date()
    moment = at if year == today.year else timezone.make_aware(datetime.combine(date(year, 12, 20), time(10)))
    for purpose, amount, basis in PLANS:
        row = propose(
            actor=planner, at=at, organisation_id=organiser.pk, year=year, purpose=purpose, amount=Decimal(amount),
            basis=f"{year}年工匠人才培育工作安排：{basis}",
        )  # fmt: skip
        decide(actor=approver, at=at, version_id=row.pk, agreed=True, note="同意")
    budgets = {one.purpose: one for one in Budget.objects.filter(organisation=organiser, year=year)}
    for purpose, label, sum_, payee, committed in ITEMS:
        item = Item(label, Decimal(sum_), timezone.localtime(moment).date(), payee)
        waits = committed and year == today.year
        spend(actor=planner, at=at, budget_id=budgets[purpose].pk, item=item, committed=waits)


def _given(planner: Actor, at: datetime, held: Sequence[Honour], today: date) -> None:
    """Visits every spring since the naming, one health check, whatever the notice promises and is due."""
    assert held[0].edition is not None
    budgets = {
        one.year: one.pk
        for one in Budget.objects.filter(organisation=held[0].edition.organiser, purpose=Budget.Purpose.BENEFITS)
    }
    for year in (today.year - 1, today.year):
        day = date(year, 2, 6)
        seen = [one.pk for one in held if one.from_date <= day]
        if seen and day <= today:
            _give(planner, at, Asked("own:visit", seen, day, amount=Decimal(600), note="春节走访慰问",
                                      budget=budgets.get(year, 0)))  # fmt: skip
    lately = today - timedelta(days=20)
    seen = [one.pk for one in held[: len(held) // 2 + 1] if one.from_date <= lately]
    if seen:
        _give(planner, at, Asked("own:visit", seen, lately, amount=Decimal(500), note="生产一线走访",
                                  budget=budgets.get(lately.year, 0)))  # fmt: skip
    checked = [one.pk for one in held[::2] if one.from_date <= lately]
    if checked:
        _give(planner, at, Asked("own:health_check", checked, lately, note="市职工疗养院体检中心"))
    for benefit in promised(held[0].edition):
        if benefit.amount is not None and not benefit.service:
            budget = budgets.get(today.year, 0)
            _give(planner, at, Asked(benefit.id, [one.pk for one in held[1:]], today, budget=budget))


def _give(actor: Actor, at: datetime, asked: Asked) -> None:
    plan = plan_grants(actor, at, asked)
    if plan.lines:
        grant(actor=actor, at=at, asked=asked, seal=plan.seal)


def _offer(planner: Actor, at: datetime, held: Sequence[Honour], today: date) -> None:
    """A stay to be booked, by two already."""
    row = offer(
        actor=planner, at=at,
        wanted=Wanted(
            held[0].edition_id or 0, "own:recuperation", "北澜职工疗养院", today + timedelta(days=30),
            today + timedelta(days=60), today + timedelta(days=20), 12, "市总工会权益保障部　0771-0000000",
            "每人五天，可带一名家属，家属费用自理。",
        ),
    )  # fmt: skip
    for n, one in enumerate(held[1:3]):
        book(actor=planner, at=at, honour_id=one.pk, offer_id=row.pk, on=today + timedelta(days=35 + n))
