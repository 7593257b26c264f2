"""Special funds by level and purpose: approved by the day, allowed beyond, spent in the period, set aside; and what was
given to people (第十七条、第十八条; M-14, M-15)."""

from collections.abc import Iterator

from django.db.models import QuerySet

from gongjiang.models import BenefitGrant, Bestowal, Budget, BudgetVersion, Spending
from gongjiang.rules.funds.money import cents
from gongjiang.rules.reports.tables import Item
from gongjiang.services.reports.periodic.facts.ground import Ground

COLUMN = {Spending.State.SPENT: "spent", Spending.State.COMMITTED: "committed"}


def budgets(ground: Ground) -> Iterator[Item]:
    """Budgets of the years that the period touches: the last plan approved by the day, and each sum allowed beyond.
    Two queries."""
    rows = _budgets(ground).values_list("pk", "level", "purpose")
    known = {pk: (level, purpose) for pk, level, purpose in rows}
    versions = BudgetVersion.objects.filter(
        budget__in=_budgets(ground).values("pk"), state=BudgetVersion.State.APPROVED, decided_at__lte=ground.ends
    )
    plans: dict[int, int] = {}
    for pk, budget, kind, amount in versions.order_by("number").values_list("pk", "budget_id", "kind", "amount"):
        if kind == BudgetVersion.Kind.PLAN:
            plans[budget] = amount
        else:
            yield from _both(*known[budget], "beyond", pk, amount)
    for budget, amount in plans.items():
        yield from _both(*known[budget], "approved", budget, amount)


def spending(ground: Ground) -> Iterator[Item]:
    """Spent within the period; set aside by the day and not spent yet. One query."""
    rows = Spending.objects.filter(
        budget__in=_budgets(ground).values("pk"), state__in=list(COLUMN), on__lte=ground.as_of
    )
    for pk, level, purpose, state, day, amount in rows.values_list(
        "pk", "budget__level", "budget__purpose", "state", "on", "amount"
    ):
        if state == Spending.State.COMMITTED or day >= ground.since:
            yield from _both(level, purpose, COLUMN[Spending.State(state)], pk, amount)


def benefits(ground: Ground) -> Iterator[Item]:
    """What people of the report were given in the period: again and again, and once with the naming. Two queries."""
    grants = BenefitGrant.objects.filter(
        honour__in=ground.honours, state=BenefitGrant.State.GIVEN, on__gte=ground.since, on__lte=ground.as_of
    )
    for pk, honour, amount in grants.values_list("pk", "honour_id", "amount"):
        level = ground.level_of[honour]
        yield Item("g", level, "people", honour)
        yield Item("g", level, "times", pk)
        if amount:
            yield Item("g", level, "amount", pk, cents(amount))
    paid = Bestowal.objects.filter(
        honour__in=ground.honours, amount__gt=0, paid_on__gte=ground.since, paid_on__lte=ground.as_of
    )
    for pk, honour, amount in paid.values_list("pk", "honour_id", "amount"):
        yield Item("g", ground.level_of[honour], "people", honour)
        if amount:
            yield Item("g", ground.level_of[honour], "bonus", pk, cents(amount))


def _budgets(ground: Ground) -> QuerySet[Budget]:
    return Budget.objects.filter(ground.of_organisation(), year__gte=ground.since.year, year__lte=ground.as_of.year)


def _both(level: str, purpose: str, column: str, pk: int, amount: int) -> Iterator[Item]:
    """In the sums of the level, and of its purpose."""
    yield Item("t", level, column, pk, amount)
    yield Item("f", f"{level}-{purpose}", column, pk, amount)
