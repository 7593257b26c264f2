"""The sample brings this part to life on any edition with two people who plan and approve."""

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import platform
from gongjiang.models import BenefitGrant, Budget, ServiceOffer, Spending
from gongjiang.services.samples.funds import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_budgets_grants_and_bookings(here: Kept) -> None:
    fill(platform(), AT, here.honours)
    assert Budget.objects.count() == 8
    assert ServiceOffer.objects.get().taken == 2
    given = BenefitGrant.objects.filter(state="given")
    assert set(given.values_list("benefit", flat=True)) == {"own:visit", "own:health_check", "allowance", "studio_fund"}
    paid = sum(one.amount for one in Spending.objects.filter(source__startswith="grant:"))
    assert paid == sum(int((one.amount or 0) * 100) for one in given)
