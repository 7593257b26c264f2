"""A divided sum that comes with the naming: a row for each part, written down once."""

from decimal import Decimal

import pytest
from tests.factories import programme_at
from tests.services.cultivation.kept import AT, Kept

from gongjiang.models import Bestowal
from gongjiang.services.honours.owe import owe

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("G-14")
def test_each_part_is_owed_to_whom_it_goes(here: Kept) -> None:
    programme = programme_at(here.edition)
    many = owe(AT, programme, here.honours[:1], {})
    rows = Bestowal.objects.filter(benefit="settling").order_by("part").values_list("part", "payee", "amount")
    assert list(rows) == [
        ("leader", "何焊平", Decimal("20.00")), ("studio", "何焊平工作室", Decimal("80.01")),
    ]  # fmt: skip
    assert owe(AT, programme, here.honours[:1], {}) == many == Bestowal.objects.count()
