"""Money planned by one and approved by another, never overspent, every total the sum of its items."""

from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.services.cultivation.kept import AT, Kept

from gongjiang.documents.pdf.fonts import compile_pdf
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused, Stale
from gongjiang.models import BenefitGrant, Budget, BudgetVersion, Spending, TrainingEvent
from gongjiang.rules.funds.money import cents, shown
from gongjiang.services.funds.budgets import allow_beyond, decide, propose
from gongjiang.services.funds.grant import grant, take_back
from gongjiang.services.funds.ledger import all_items, detail_of, of_year, open_voucher, payable
from gongjiang.services.funds.plan import Asked, plan_grants
from gongjiang.services.funds.spend import Item, settle, spend, undo

pytestmark = [pytest.mark.django_db]
DAY = date(2026, 6, 20)


def put(here: Kept, amount: str = "10000", purpose: str = "benefits", by: str = "zhang") -> BudgetVersion:
    return propose(
        actor=here.actor(by), at=AT, organisation_id=here.world["city"].pk, year=2026, purpose=purpose,
        amount=Decimal(amount), basis="年度工作安排",
    )  # fmt: skip


def approved(here: Kept, amount: str = "10000", purpose: str = "benefits") -> Budget:
    return decide(actor=here.actor("yan"), at=AT, version_id=put(here, amount, purpose).pk, agreed=True)


def pay(here: Kept, budget: Budget, amount: str, committed: bool = False, **more: Any) -> Spending:
    item = Item("训练营场地", Decimal(amount), more.pop("on", DAY), "望澜技师学院", **more)
    return spend(actor=here.actor("zhang"), at=AT, budget_id=budget.pk, item=item, committed=committed)


@pytest.mark.ledger("M-14")
def test_planned_by_one_approved_by_another_and_amended_by_versions(here: Kept) -> None:
    first = put(here)
    with pytest.raises(Refused):
        put(here, "1")
    with pytest.raises(NotAllowed):
        decide(actor=here.actor("zhang"), at=AT, version_id=first.pk, agreed=True)
    with pytest.raises(NotFound):
        decide(actor=here.actor("jiang"), at=AT, version_id=first.pk, agreed=True)
    budget = decide(actor=here.actor("yan"), at=AT, version_id=first.pk, agreed=True)
    assert (budget.approved, budget.level) == (1_000_000, "city")
    with pytest.raises(Stale):
        decide(actor=here.actor("yan"), at=AT, version_id=first.pk, agreed=False, note="晚了")
    own = put(here, "12000", by="yan")
    with pytest.raises(NotAllowed):
        decide(actor=here.actor("yan"), at=AT, version_id=own.pk, agreed=True)
    with pytest.raises(BadInput):
        decide(actor=here.actor("cai"), at=AT, version_id=own.pk, agreed=False)
    assert decide(actor=here.actor("cai"), at=AT, version_id=own.pk, agreed=False, note="先用完").approved == 1_000_000
    assert list(budget.versions.order_by("number").values_list("number", "state")) == [(1, "approved"), (2, "refused")]


@pytest.mark.once
def test_the_database_refuses_a_plan_decided_by_whoever_made_it(here: Kept) -> None:
    row = put(here)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetVersion.objects.filter(pk=row.pk).update(state="approved", decided_by=row.by, decided_at=AT)


@pytest.mark.ledger("M-14")
def test_never_more_than_approved_unless_an_approver_says_so_with_a_reason(here: Kept) -> None:
    budget = approved(here, "1000")
    pay(here, budget, "600", committed=True)
    pay(here, budget, "400")
    with pytest.raises(Refused, match=r"还可使用 0 元，这里要用 0\.01 元"):
        pay(here, budget, "0.01")
    with pytest.raises(IntegrityError), transaction.atomic():
        Budget.objects.filter(pk=budget.pk).update(spent=40_001)
    with pytest.raises(NotAllowed):
        allow_beyond(actor=here.actor("zhang"), at=AT, budget_id=budget.pk, amount=Decimal(50), reason="抢险")
    with pytest.raises(BadInput):
        allow_beyond(actor=here.actor("yan"), at=AT, budget_id=budget.pk, amount=Decimal(50), reason=" ")
    allow_beyond(actor=here.actor("yan"), at=AT, budget_id=budget.pk, amount=Decimal(50), reason="住院慰问")
    pay(here, budget, "50")
    with pytest.raises(Refused):
        pay(here, budget, "0.01")
    found = detail_of(here.actor("yan"), budget.pk)
    assert (found.sum.left, found.sum.used) == (0, 100)
    assert [(one.kind, one.amount, one.basis) for one in found.versions[:1]] == [("beyond", 5_000, "住院慰问")]


@pytest.mark.once
def test_a_plan_below_what_is_used_cant_be_approved(here: Kept) -> None:
    budget = approved(here, "1000")
    pay(here, budget, "700")
    lower = put(here, "699.99")
    with pytest.raises(Refused):
        decide(actor=here.actor("yan"), at=AT, version_id=lower.pk, agreed=True)
    Budget.objects.get(pk=budget.pk, approved=100_000)


@pytest.mark.once
def test_set_aside_then_settled_with_a_receipt_then_struck(here: Kept) -> None:
    budget = approved(here, "1000")
    row = pay(here, budget, "600", committed=True, on=date(2026, 11, 1))
    scan = ("发票.pdf", BytesIO(compile_pdf({"main.typ": "发票".encode()})))
    boss = here.actor("zhang")
    done = settle(actor=boss, at=AT, spending_id=row.pk, version=1, item=Item("", Decimal("580.5"), DAY, receipt=scan))
    assert (done.state, done.amount, done.on, done.receipt) == ("spent", 58_050, DAY, "发票.pdf")
    _, content = open_voucher(here.actor("ji"), row.pk)
    with content:
        assert content.read(5) == b"%PDF-"
    budget.refresh_from_db()
    assert (budget.spent, budget.committed) == (58_050, 0)
    with pytest.raises(Stale):
        settle(actor=boss, at=AT, spending_id=row.pk, version=2, item=Item("", None, DAY))
    with pytest.raises(BadInput):
        undo(actor=boss, at=AT, spending_id=row.pk, version=2, reason="")
    undo(actor=boss, at=AT, spending_id=row.pk, version=2, reason="重复登记")
    budget.refresh_from_db()
    assert (budget.spent, detail_of(boss, budget.pk).items[0].reason) == (0, "重复登记")


@pytest.mark.once
def test_items_that_nobody_can_take(here: Kept) -> None:
    budget = approved(here)
    for amount, on in (("0", DAY), ("5", date(2025, 12, 31)), ("5", date(2026, 12, 31)), ("5", None)):
        with pytest.raises(BadInput):
            pay(here, budget, amount, on=on)
    with pytest.raises(BadInput):
        spend(actor=here.actor("zhang"), at=AT, budget_id=budget.pk, item=Item(" ", Decimal(5), DAY))
    pay(here, budget, "5", source="grant:987")
    with pytest.raises(Refused):
        pay(here, budget, "5", source="grant:987")
    budget.refresh_from_db()
    assert budget.spent == 500


@pytest.mark.once
def test_who_sees_whose_money(here: Kept) -> None:
    budget = approved(here)
    assert detail_of(here.actor("ji"), budget.pk).handles is False
    for by in ("wen", "lan", "yuan", "jia"):
        with pytest.raises(NotFound):
            detail_of(here.actor(by), budget.pk)
    county = propose(
        actor=here.actor("wen"), at=AT, organisation_id=here.world["county"].pk, year=2026, purpose="benefits",
        amount=Decimal(1), basis="走访",
    )  # fmt: skip
    assert detail_of(here.actor("zhang"), county.budget_id).handles is False
    with pytest.raises(NotAllowed):
        spend(actor=here.actor("zhang"), at=AT, budget_id=county.budget_id, item=Item("a", Decimal(1), DAY))
    with pytest.raises(NotAllowed):
        propose(actor=here.actor("wen"), at=AT, organisation_id=here.world["city"].pk, year=2026, purpose="other",
                amount=Decimal(1), basis="走访")  # fmt: skip


@pytest.mark.ledger("M-14")
def test_what_is_granted_is_spent_and_what_is_taken_back_is_free_again(here: Kept) -> None:
    budget = approved(here, "2000")
    boss = here.actor("yan")
    wanted = Asked("allowance", [one.pk for one in here.honours], DAY, date(2026, 1, 31), budget=budget.pk)
    made = grant(actor=boss, at=AT, asked=wanted, seal=plan_grants(boss, AT, wanted).seal)
    budget.refresh_from_db()
    assert (budget.spent, len(made)) == (195_000, 3)
    assert [one.pk for one in payable(boss, 2026, ["benefits"])] == [budget.pk]
    item = Spending.objects.get(source=f"grant:{made[0].pk}")
    assert (item.label, item.payee, item.amount) == ("何焊平：每月津贴2026年1月", "何焊平", 65_000)
    with pytest.raises(Refused):
        undo(actor=boss, at=AT, spending_id=item.pk, version=1, reason="误")
    more = Asked("allowance", [here.honours[0].pk], DAY, budget=budget.pk)
    with pytest.raises(Refused):
        grant(actor=boss, at=AT, asked=more, seal=plan_grants(boss, AT, more).seal)
    assert BenefitGrant.objects.count() == 3
    take_back(actor=boss, at=AT, grant_id=made[0].pk, version=1, reason="人员有误")
    budget.refresh_from_db()
    assert budget.spent == 130_000
    assert all_items(boss, 2026)[0].state == "undone"


@pytest.mark.once
def test_sums_of_a_year_by_level_and_purpose(here: Kept) -> None:
    pay(here, approved(here, "1000"), "250")
    pay(here, approved(here, "500.50", "training"), "100", committed=True)
    found = of_year(here.actor("zhang"), AT)
    assert [(one.label, one.approved, one.left) for one in found.purposes] == [
        ("培训研修", 50_050, 40_050), ("礼遇待遇", 100_000, 75_000),
    ]  # fmt: skip
    assert [(one.label, one.left) for one in found.levels] == [("市级", 115_050)]
    assert (shown(found.total.left), found.total.used) == ("1,150.50", 23)


@pytest.fixture
def budget_of(here: Kept) -> tuple[Kept, Budget]:
    return here, approved(here, "1000")


@pytest.mark.once
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("scxud"), st.integers(1, 60_000)), max_size=10))
def test_totals_equal_the_sums_of_the_items_after_anything(
    budget_of: tuple[Kept, Budget], steps: list[tuple[str, int]]
) -> None:
    """Spending, setting aside, settling, striking, raising the plan, in any order, some of it refused."""
    here, budget = budget_of
    boss, approver = here.actor("zhang"), here.actor("yan")
    with transaction.atomic():
        for step, n in steps:
            amount = Decimal(n).scaleb(-2)
            rows = list(Spending.objects.filter(budget=budget).exclude(state="undone").order_by("pk"))
            row = rows[n % len(rows)] if rows else None
            try:
                with transaction.atomic():
                    if step == "s":
                        pay(here, budget, str(amount))
                    elif step == "c":
                        pay(here, budget, str(amount), committed=True)
                    elif step == "x" and row:
                        settle(actor=boss, at=AT, spending_id=row.pk, version=row.version, item=Item("", amount, DAY))
                    elif step == "u" and row:
                        undo(actor=boss, at=AT, spending_id=row.pk, version=row.version, reason="更正")
                    elif step == "d":
                        decide(actor=approver, at=AT, version_id=put(here, str(amount)).pk, agreed=True)
            except (Refused, Stale):
                pass
            budget.refresh_from_db()
            live = Spending.objects.filter(budget=budget)
            assert budget.spent == sum(one.amount for one in live.filter(state="spent"))
            assert budget.committed == sum(one.amount for one in live.filter(state="committed"))
            assert budget.spent + budget.committed <= budget.approved + budget.beyond
        assert cents(Decimal(budget.spent).scaleb(-2)) == budget.spent
        transaction.set_rollback(True)


@pytest.mark.once
@pytest.mark.ledger("M-14")
def test_an_item_is_for_an_artisan_s_plan_or_a_camp(here: Kept) -> None:
    budget = approved(here, "1000", "plans")
    row = pay(here, budget, "5", person="何焊平")
    assert row.honour_id == here.honours[0].pk
    camp = TrainingEvent.objects.create(
        organisation=here.world["city"], kind="camp", title="第一期训练营", first=DAY, last=DAY, state="open", at=AT
    )
    assert detail_of(here.actor("zhang"), budget.pk).events == ((camp.pk, "第一期训练营"),)
    for amount in ("3", "4"):
        assert pay(here, budget, amount, event=camp.pk).event_id == camp.pk
    for wrong in ({"person": "无此人"}, {"event": 987_654}):
        with pytest.raises(BadInput):
            pay(here, budget, "5", **wrong)
