"""Places given or lost after the notice: never below what is used, at any concurrency; 谁推荐谁负责 (ledger J-09)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.factories import AT, case_at, opened_edition, small_world
from tests.services.rounds.ground import MEETING, NAMES, Ground, ground

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, GongjiangError, NotAllowed, QuotaFull, Refused
from gongjiang.models import Case, PlaceChange, PoolCount, PoolSeat, StageRow
from gongjiang.rules.honours.effects import steps_of
from gongjiang.services.nominations.allot import Between, allot, recall
from gongjiang.services.nominations.answer_for import Breach, HeldToAccount, carry_out_breach
from gongjiang.services.nominations.replay import differences
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.programmes.programme import main_process
from gongjiang.services.quotas.changes import change_places, changes_of
from gongjiang.services.quotas.guard import SeatAsked, take_seats
from gongjiang.services.reports.invariants import pools
from gongjiang.services.rounds.board import board
from gongjiang.services.rounds.close import close_list
from gongjiang.services.rounds.supplement import supplement

EFFECTS = "effects: [cancel, reduce_quota], ask: Q3"
BREACH = f"\naccountability:\n  - {{id: forged, when: 伪造材料经查实的, by: council, {EFFECTS}}}"
TABLE = "\ntables:\n  unit_places: {label: 名额, by: [case.nominator], rows: {青屿区: 4, 远岸区: 2}, ask: Q3}\npools:"
SEAT = SeatAsked("by_unit", "青屿区", 5, "推荐名额（青屿区）")


def cancel(case: Case, places: int = -1, reason: str = "伪造材料") -> PlaceChange:
    kind = PlaceChange.Kind.CANCELLED if places < 0 else PlaceChange.Kind.ALLOTTED
    return change_places(
        actor=platform(), at=AT, process=case.process, seat=SEAT, places=places, kind=kind, reason=reason, case=case
    )


@pytest.mark.once
@pytest.mark.django_db
def test_a_change_moves_the_limit_and_is_on_record() -> None:
    world = small_world()
    edition = opened_edition(world)
    first, second = (case_at(world, edition, "qualify", name) for name in ("何焊平", "岑铸山"))
    take_seats(case=first, seats=[SEAT], at=AT)
    cancel(first)
    cancel(first, -3)
    with pytest.raises(Refused, match="推荐名额（青屿区）共 1 名，已用 1 名，不能减少 1 名"):
        cancel(first)
    with pytest.raises(BadInput, match="请写明理由"):
        cancel(first, 1, " ")
    with pytest.raises(QuotaFull):
        take_seats(case=second, seats=[SEAT], at=AT)
    cancel(first, 1)
    take_seats(case=second, seats=[SEAT], at=AT)
    assert PoolCount.objects.values_list("used", "limit").get() == (2, 2)
    assert changes_of(main_process(edition)) == {"by_unit": {"青屿区": -3}}


@pytest.mark.django_db(transaction=True)
def test_a_place_cancelled_in_the_rush_is_taken_by_nobody() -> None:
    """Sixteen ask for five places while two are cancelled: never more used than there are."""
    world = small_world()
    edition = opened_edition(world)
    cases = [case_at(world, edition, "qualify", f"样例工{n}") for n in range(18)]
    start = Barrier(len(cases))

    def ask(n: int) -> str:
        start.wait()
        try:
            if n < 16:
                take_seats(case=cases[n], seats=[SEAT], at=AT)
                return "taken"
            cancel(cases[n])
            return "cancelled"
        except (QuotaFull, Refused) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(cases)) as threads:
        answers = Counter(threads.map(ask, range(len(cases))))
    count = PoolCount.objects.get()
    assert count.limit == 5 - answers["cancelled"]
    assert count.used == PoolSeat.objects.count() == answers["taken"] == count.limit


def at_units(changed: dict[str, str] | None = None) -> Ground:
    """Five of one unit with four places; the fourth stands by after three are kept."""
    found = ground(changed={"\nforms:": f"{BREACH}\nforms:"} | (changed or {}))
    for name in NAMES[:5]:
        found.add(name, "recommend")
    close_list(
        actor=found.actor("jiang"),
        at=AT,
        programme=found.programme,
        stage_id="recommend",
        kept=found.pks(*NAMES[:4]),
        alternates=found.pks(NAMES[4]),
        meeting=MEETING,
        group="青屿区",
    )
    return found


def held(found: Ground) -> HeldToAccount:
    """As two approvers decided it: services/inquiries asks for it."""
    breach = Breach("forged", "伪造材料经查实的", "四.1", steps_of(("cancel", "reduce_quota")))
    return carry_out_breach(
        actor=found.actor("yan"),
        at=AT,
        programme=found.programme,
        case=Case.objects.get(pk=found.cases[NAMES[0]].pk),
        breach=breach,
        finding="证书系伪造，发证单位已书面证实。",
    )


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("J-09")
def test_a_verified_forgery_costs_the_person_and_the_units_place() -> None:
    found = at_units()
    done = held(found)
    assert (done.case.state, found.row(NAMES[0], "panel").state) == ("disqualified", "struck")
    assert [(one.pool, one.group, one.places) for one in done.cancelled] == [("by_unit", "青屿区", -1)]
    assert "伪造材料经查实的" in done.cancelled[0].reason
    assert PoolCount.objects.values_list("used", "limit").get(pool="by_unit") == (3, 3)
    assert [one for one in differences([done.case.pk]) if "apply" not in one] == []  # the ground skips the filing
    assert list(pools.violations()) == []


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("J-09")
def test_the_place_is_not_refilled() -> None:
    found = at_units()
    held(found)
    with pytest.raises(GongjiangError, match="共 3 名，已全部用完"):
        supplement(
            actor=found.actor("jiang"),
            at=AT,
            programme=found.programme,
            stage_id="recommend",
            case_id=found.cases[NAMES[4]].pk,
            meeting=MEETING,
        )
    assert StageRow.objects.get(case=found.cases[NAMES[4]], stage="recommend").state == "alternate"


@pytest.mark.once
@pytest.mark.django_db
def test_a_person_costs_one_place_however_often_they_are_found_out() -> None:
    found = at_units()
    held(found)
    again = held(found)
    assert again.cancelled == ()
    assert PoolCount.objects.values_list("used", "limit").get(pool="by_unit") == (3, 3)


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("J-08")
def test_places_go_down_to_a_body_below_and_come_back() -> None:
    found = ground(
        changed={"\npools:": TABLE, "per: case.nominator, at_most: 4": "per: case.nominator, table: unit_places"}
    )
    county, plant = found.world["county"], found.world["plant"]

    def turn(act: object, places: int, username: str = "jiang") -> None:
        act(  # type: ignore[operator]
            actor=found.actor(username),
            at=AT,
            programme=found.programme,
            between=Between("by_unit", county, plant, places, "按职工人数分配"),
        )

    def limits() -> dict[str, int]:
        return dict(PoolCount.objects.filter(pool="by_unit").values_list("group", "limit"))

    turn(allot, 1)
    assert limits() == {"青屿区": 3, plant.short_name: 1}
    for name in NAMES[:5]:
        found.add(name, "recommend")
    case, other = found.cases[NAMES[0]], found.cases[NAMES[1]]
    Case.objects.filter(pk=other.pk).update(applying_unit=found.world["dyeing"])
    listed = board(found.programme, found.programme.stage("recommend"), "青屿区")
    assert [(one.key, one.limit) for one in listed.seats[str(case.pk)]] == [((plant.short_name,), 1)]
    assert [(one.key, one.limit) for one in listed.seats[str(other.pk)]] == [(("青屿区",), 3)]
    asked = list_seats(found.programme, case, listed.facts[case.pk], "recommend")
    assert [(one.group, one.limit) for one in asked] == [(plant.short_name, 1)]
    take_seats(case=case, seats=asked, at=AT)
    with pytest.raises(Refused, match="共 1 名，已用 1 名"):
        turn(recall, 1)
    with pytest.raises(NotAllowed):
        turn(allot, 1, "zhang")
    with pytest.raises(Refused, match="不能减少 4 名"):
        turn(allot, 4)
    PoolSeat.objects.all().delete()
    PoolCount.objects.update(used=0)
    turn(recall, 1)
    assert limits() == {"青屿区": 4, plant.short_name: 0}
    with pytest.raises(Refused, match="不能减少 1 名"):
        turn(recall, 1)
