"""Units close their own lists: each in its order, within its quota; who has none needs none."""

import pytest
from tests.factories import AT
from tests.services.rounds.ground import MEETING, NAMES, Ground, ground

from gongjiang.kernel.errors import NotAllowed, QuotaFull, Refused
from gongjiang.models import Case
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.queries import lagging_units, unit_lists

pytestmark = [pytest.mark.django_db, pytest.mark.ledger("N-09")]


def at_units() -> Ground:
    found = ground()
    for name in NAMES[:5]:
        found.add(name, "recommend")
    found.add("屈调频", "recommend", unit="far_plant")
    return found


def close(found: Ground, *names: str, group: str = "青屿区", username: str = "jiang") -> None:
    close_list(
        actor=found.actor(username),
        at=AT,
        programme=found.programme,
        stage_id="recommend",
        kept=found.pks(*names),
        meeting=MEETING,
        group=group,
    )


def test_the_order_of_the_list_becomes_the_units_order() -> None:
    found = at_units()
    close(found, "丁砺锋", "何焊平")
    ranks = dict(Case.objects.values_list("title", "rank_in_unit"))
    assert (ranks["丁砺锋"], ranks["何焊平"], ranks["屈调频"]) == (1, 2, None)
    assert found.row("丁砺锋", "panel").state == "open"


def test_an_order_that_was_given_before_holds() -> None:
    found = at_units()
    for place, name in enumerate(NAMES[:5], 1):
        Case.objects.filter(pk=found.cases[name].pk).update(rank_in_unit=place)
    with pytest.raises(Refused, match="丁砺锋：第3名不在按名次建议之列，越过第2名"):
        close(found, "丁砺锋", "何焊平")
    close(found, *NAMES[:3])


def test_a_units_quota() -> None:
    with pytest.raises((QuotaFull, Refused), match="各推荐单位名额（青屿区）已满4个名额"):
        close(at_units(), *NAMES[:5])


@pytest.mark.ledger("N-09")
def test_a_unit_closes_its_own_list_only() -> None:
    with pytest.raises(NotAllowed):
        close(at_units(), "屈调频", group="远岸区")


def test_units_that_lag() -> None:
    found = at_units()
    stage = found.programme.stage("recommend")
    assert [(one.group, one.here) for one in lagging_units(found.programme, stage)] == [("远岸区", 1), ("青屿区", 5)]
    close(found, *NAMES[:4])
    assert [one.group for one in lagging_units(found.programme, stage)] == ["远岸区"]
    assert {one.group: (one.kept, one.closed is not None) for one in unit_lists(found.programme, stage)} == {
        "远岸区": (0, False),
        "青屿区": (4, True),
    }
