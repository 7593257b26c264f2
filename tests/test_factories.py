"""The small worlds of the tests hold together."""

import pytest
from tests.factories import case_at, opened_edition, small_world


@pytest.mark.django_db
def test_a_small_world_with_an_open_edition() -> None:
    world = small_world()
    edition = opened_edition(world)
    assert edition.state == "open"
    assert edition.params["rounding"] == "up"
    case = case_at(world, edition, "qualify")
    assert case.nominator == world["county"]
    assert {one.role: one.organisation for one in case.parties.all()}["county_sci"] == world["county_sci"]
    assert list(case.rows.order_by("id").values_list("stage", "state")) == [("apply", "done"), ("qualify", "open")]
