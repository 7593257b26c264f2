"""What a benefit of the pack comes to, with the answers of the office."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.funds.entitlement import Entitlement, entitlement_of, own_entitlements, times_of
from gongjiang.rules.funds.money import cents, parse_yuan
from gongjiang.rules.funds.periods import Rhythm
from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import TERM_END
from gongjiang.rules.programmes.schema.stage import Benefit

ANSWERS = {"$checks": 2, "$sum": "650.50", "$since": "stands", "$last": "2033-12-31", "$none": 0}


def made(**keys: Any) -> Entitlement | None:
    return entitlement_of(Benefit(id="x", cite="一", **keys), lambda raw: ANSWERS.get(str(raw), raw))


def known(**keys: Any) -> Entitlement:
    found = made(**keys)
    assert found is not None
    return found


def test_the_allowance_of_the_mechanisms() -> None:
    found = known(kind="monthly", amount=650, to="person", until="term_end", stops_on=["suspend", "revoke"])
    assert (found.rhythm, found.amount, found.terms.until) == (Rhythm.MONTHLY, Decimal("650.00"), TERM_END)
    assert found.terms.stops_on == {"suspend", "revoke"}
    assert found.parts(found.amount) == {"person": Decimal("650.00")}


@pytest.mark.ledger("M-15")
def test_a_service_has_the_rhythm_that_the_office_answered() -> None:
    twice = known(kind="service", times="$checks", since="$since", until="$last")
    assert (twice.rhythm, twice.times, twice.service) == (Rhythm.YEARLY, 2, True)
    assert (twice.terms.since, twice.terms.until) == (Standing.STANDS, date(2033, 12, 31))
    open_ = known(kind="service", times="$none")
    assert (open_.rhythm, open_.times) == (Rhythm.NEEDED, 1)


def test_a_divided_sum() -> None:
    found = known(kind="yearly", amount="$sum", split={"leader": "20%", "studio": "80%"})
    assert found.parts(found.amount) == {"leader": Decimal("130.10"), "studio": Decimal("520.40")}
    assert found.parts(None) == {"leader": None, "studio": None}


def test_what_is_given_once_is_no_entitlement() -> None:
    assert [made(kind=kind) for kind in ("once", "bonus", "honour", "certificate", "priority", "cultivation")] == [
        None
    ] * 6


@pytest.mark.parametrize(
    ("raw", "found"), [(2, 2), ("3.0", 3), (Decimal("4"), 4), (True, 0), ("x", 0), (-1, 0), (9999, 0), (None, 0)]
)
def test_times_of_a_year(raw: Any, found: int) -> None:
    assert times_of(raw) == found


def test_own_grants_have_no_period() -> None:
    assert {one.rhythm for one in own_entitlements()} == {Rhythm.NEEDED}
    assert all(one.own for one in own_entitlements())


def test_sums_as_people_type_them() -> None:
    assert [parse_yuan(one) for one in ("", " 5000 ", "５，０００．５０元", "¥1,234,567")] == [
        None, Decimal("5000.00"), Decimal("5000.50"), Decimal("1234567.00"),
    ]  # fmt: skip
    for wrong in ("-1", "1e9", "5.001", "NaN", "12,34", "五千", "1" * 40):
        with pytest.raises(BadInput):
            parse_yuan(wrong)
    assert cents(Decimal("0.29")) == 29
