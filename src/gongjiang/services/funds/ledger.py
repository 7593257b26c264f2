"""Budgets and their items as lists: what there is, what is used, what is left; every total the sum of its rows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from django.db.models import QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Budget, BudgetVersion, Organisation, Spending, TrainingEvent
from gongjiang.services.cultivation.training.queries import visible_to
from gongjiang.services.evidence.receipts import open_bytes
from gongjiang.services.funds.scope import approves, get_budget, handles, own_organisations, visible_budgets
from gongjiang.services.funds.spend import AREA, left_of

PAGE = 100
STATES = tuple((str(key), str(label)) for key, label in Spending.State.choices)


@dataclass(frozen=True)
class Sum:
    """In 分. `left` may be used still; `beyond`: allowed above what is approved."""

    label: str
    approved: int
    beyond: int
    spent: int
    committed: int

    @property
    def left(self) -> int:
        """What may still be used."""
        return self.approved + self.beyond - self.spent - self.committed

    @property
    def used(self) -> int:
        """Per cent of what may be used that is used, 0 to 100."""
        have = self.approved + self.beyond
        return (self.spent + self.committed) * 100 // have if have else 0


@dataclass(frozen=True)
class Year:
    """The budgets of a year that the actor sees, with sums by level and by purpose. `waiting`: plans put forward."""

    year: int
    years: tuple[int, ...]
    rows: tuple[Budget, ...]
    total: Sum
    levels: tuple[Sum, ...]
    purposes: tuple[Sum, ...]
    waiting: tuple[BudgetVersion, ...]
    organisations: tuple[Organisation, ...]


@dataclass(frozen=True)
class Detail:
    """One budget: versions newest first, a page of items newest first. `events`: (id, title) of what items are for."""

    budget: Budget
    sum: Sum
    versions: tuple[BudgetVersion, ...]
    items: tuple[Spending, ...]
    many: int
    after: int
    handles: bool
    approves: bool
    events: tuple[tuple[int, str], ...] = ()


def of_year(actor: Actor, at: datetime, year: int = 0) -> Year:
    """A year's budgets, this year's unless another is asked for. Six queries at most."""
    seen = visible_budgets(actor)
    this = timezone.localtime(at).year
    years = sorted({*seen.values_list("year", flat=True).distinct(), this}, reverse=True)
    chosen = year if year in years else this
    rows = tuple(
        seen.filter(year=chosen).select_related("organisation").order_by("organisation__path", "purpose").distinct()
    )
    waiting = BudgetVersion.objects.filter(budget__in=[one.pk for one in rows], state=BudgetVersion.State.PROPOSED)
    levels = [
        summed(str(label), (one for one in rows if one.level == key))
        for key, label in Organisation.Level.choices
        if any(one.level == key for one in rows)
    ]
    purposes = [
        summed(str(label), (one for one in rows if one.purpose == key))
        for key, label in Budget.Purpose.choices
        if any(one.purpose == key for one in rows)
    ]
    return Year(
        chosen, tuple(years), rows, summed("合计", rows), tuple(levels), tuple(purposes),
        tuple(waiting.select_related("budget__organisation", "by")), tuple(own_organisations(actor)),
    )  # fmt: skip


def summed(label: str, rows: Iterable[Budget]) -> Sum:
    """The sum of some budgets."""
    listed = list(rows)
    return Sum(
        label,
        sum(one.approved for one in listed),
        sum(one.beyond for one in listed),
        sum(one.spent for one in listed),
        sum(one.committed for one in listed),
    )


def detail_of(actor: Actor, budget_id: int, *, state: str = "", after: int = 0) -> Detail:
    """One budget. NotFound for what the actor doesn't see."""
    budget = get_budget(actor, budget_id)
    found = budget.items.all()
    if state in Spending.State.values:
        found = found.filter(state=state)
    many = found.count()
    rows = list(_newest(found.filter(pk__lt=after) if after else found)[: PAGE + 1])
    more = rows[PAGE - 1].pk if len(rows) > PAGE else 0
    versions = budget.versions.select_related("by", "decided_by").order_by("-number")
    return Detail(
        budget, summed("", [budget]), tuple(versions), tuple(rows[:PAGE]), many, more, handles(actor, budget),
        approves(actor, budget), tuple(_events(actor, budget)),
    )  # fmt: skip


def all_items(actor: Actor, year: int) -> list[Spending]:
    """Every item of a year's budgets that the actor sees, for the sheet: struck ones, too."""
    budgets = visible_budgets(actor).filter(year=year).values("pk")
    rows = Spending.objects.filter(budget__in=budgets).select_related("budget__organisation", "by", "honour", "event")
    return list(rows.order_by("budget__organisation__path", "budget__purpose", "on", "pk"))


def payable(actor: Actor, year: int, purposes: Iterable[str] = ()) -> list[Budget]:
    """Budgets of a year from which the actor may pay, those of `purposes` first."""
    wanted = set(purposes)
    rows = visible_budgets(actor).filter(year=year).select_related("organisation").distinct()
    mine = [one for one in rows if handles(actor, one) and left_of(one) > 0]
    return sorted(mine, key=lambda one: (one.purpose not in wanted, one.purpose, one.pk))


def open_voucher(actor: Actor, spending_id: int) -> tuple[Spending, BinaryIO]:
    """The receipt of an item and its bytes; NotFound where there is none."""
    row = Spending.objects.filter(pk=spending_id, budget__in=visible_budgets(actor)).first()
    if row is None:
        raise NotFound()
    return row, open_bytes(row.stored, AREA)


def _events(actor: Actor, budget: Budget) -> QuerySet[TrainingEvent, tuple[int, str]]:
    """Camps and activities of the budget's year that its organisation holds."""
    found = visible_to(actor).filter(organisation=budget.organisation, first__year=budget.year)
    return found.order_by("-first", "-pk").values_list("pk", "title")[:200]


def _newest(rows: QuerySet[Spending]) -> QuerySet[Spending]:
    return rows.select_related("by", "honour", "event").order_by("-pk")
