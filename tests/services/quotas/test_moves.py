"""Places given on: rows inside others, bodies that entered by approval, everything at once from many threads."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.factories import AT, case_at
from tests.services.rounds.ground import Ground, ground

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, QuotaFull, Refused
from gongjiang.models import Case, Organisation, PlaceChange, PoolCount, PoolSeat
from gongjiang.services.nominations.allot import Between, allot, grant, recall
from gongjiang.services.nominations.seats import list_seats
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.programmes.publish_edition import bind_role
from gongjiang.services.quotas.guard import SeatAsked, release_seats, take_seats
from gongjiang.services.reports.invariants import pools
from gongjiang.services.rounds.board import board

PER = {"per: case.nominator, at_most: 4": "per: case.nominator, table: unit_places"}
ROWS = "\ntables:\n  unit_places: {{label: 名额, by: [case.nominator], rows: {rows}, apart: {apart}, ask: Q3}}\npools:"


def at_units(rows: str = "{青屿区: 8, 远岸区: 2}", apart: str = "false") -> Ground:
    return ground(changed={"\npools:": ROWS.format(rows=rows, apart=apart)} | PER)


def limits() -> dict[str, int]:
    return dict(PoolCount.objects.filter(pool="by_unit").values_list("group", "limit"))


def between(found: Ground, giver: str, taker: str | Organisation, places: int) -> Between:
    to = found.world[taker] if isinstance(taker, str) else taker
    return Between("by_unit", found.world[giver], to, places, "按职工人数分配")


def town(found: Ground, name: str = "望港街道") -> Organisation:
    return add_organisation(
        actor=platform(), at=AT, name=f"{name}总工会", short_name=name, level="unit", parent=found.world["county"]
    )


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("J-08")
def test_what_a_row_inside_another_gives_on_leaves_both() -> None:
    """A Corps inside its region: three of nine, one given on: the region has eight left, the Corps two."""
    found = at_units("{青屿区: {places: 9, includes: {澜江重工: 3}}, 远岸区: 2}")
    plant = found.world["plant"]
    shop = add_organisation(actor=platform(), at=AT, name="一分厂工会", short_name="一分厂", level="unit", parent=plant)
    move = Between("by_unit", plant, shop, 1, "按人数")
    allot(actor=platform(), at=AT, programme=found.programme, between=move)
    assert limits() == {"青屿区": 8, "澜江重工": 2, "一分厂": 1}
    recall(actor=platform(), at=AT, programme=found.programme, between=move)
    assert limits() == {"青屿区": 9, "澜江重工": 3, "一分厂": 0}
    with pytest.raises(Refused, match="名额表已经给澜江重工定了名额"):
        allot(actor=platform(), at=AT, programme=found.programme, between=between(found, "county", "plant", 1))
    with pytest.raises(Refused, match="还没有收回的只有 0 名"):
        recall(actor=platform(), at=AT, programme=found.programme, between=between(found, "county", "plant", 1))


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("N-05")
@pytest.mark.parametrize(("apart", "groups"), [("false", ["澜江重工", "青屿区"]), ("true", ["澜江重工"])])
def test_what_an_included_unit_leaves_is_borrowed_only_where_the_pack_allows(apart: str, groups: list[str]) -> None:
    found = at_units("{青屿区: {places: 9, includes: {澜江重工: 3}}, 远岸区: 2}", apart)
    case = found.add("何焊平", "recommend")
    Case.objects.filter(pk=case.pk).update(nominator=found.world["plant"])
    case.refresh_from_db()
    facts = board(found.programme, found.programme.stage("recommend"), "澜江重工").facts[case.pk]
    asked = list_seats(found.programme, case, facts, "recommend")
    assert [one.group for one in asked] == groups
    own = found.add("岑铸山", "recommend")
    facts = board(found.programme, found.programme.stage("recommend"), "青屿区").facts[own.pk]
    assert [(one.group, one.limit) for one in list_seats(found.programme, own, facts, "recommend")] == [
        ("青屿区", 9 if apart == "false" else 6)
    ]


@pytest.mark.once
@pytest.mark.django_db
@pytest.mark.ledger("N-18")
def test_a_body_enters_by_a_recorded_approval_and_gets_places_of_others() -> None:
    found = at_units()
    body = add_organisation(
        actor=platform(), at=AT, name="望澜市海事局", short_name="海事局", level="industry", kind="department",
        parent=found.world["city"],
    )  # fmt: skip
    move = between(found, "other_county", body, 1)
    with pytest.raises(Refused, match="不是经批准进入的推荐单位"):
        grant(actor=found.actor("yan"), at=AT, programme=found.programme, between=move)
    with pytest.raises(BadInput, match="须写明批准依据"):
        bind_role(actor=found.actor("yan"), at=AT, edition=found.edition, role="recommender", organisations=[body])
    bind_role(
        actor=found.actor("yan"), at=AT, edition=found.edition, role="recommender", organisations=[body],
        basis="领导小组第3次会议同意",
    )  # fmt: skip
    with pytest.raises(NotAllowed):
        grant(actor=found.actor("zhang"), at=AT, programme=found.programme, between=move)
    grant(actor=found.actor("yan"), at=AT, programme=found.programme, between=move)
    assert limits() == {"远岸区": 1, "海事局": 1}
    assert set(PlaceChange.objects.values_list("kind", "group", "other")) == {
        ("granted", "远岸区", "海事局"),
        ("granted", "海事局", "远岸区"),
    }


@pytest.mark.once
@pytest.mark.django_db
def test_two_bodies_of_one_short_name_get_no_places() -> None:
    found = at_units()
    street = town(found, "望港街道")
    add_organisation(
        actor=platform(), at=AT, name="另一家", short_name="望港街道", level="unit", parent=found.world["other_county"]
    )
    with pytest.raises(Refused, match="不止一家单位的简称是“望港街道”"):
        allot(actor=platform(), at=AT, programme=found.programme, between=between(found, "county", street, 1))


THREADS = 16


@pytest.mark.django_db(transaction=True)
@pytest.mark.ledger("N-05", "J-08")
def test_allotting_recalling_taking_and_giving_back_at_once_fills_exactly() -> None:
    """Eight places above, two bodies below; everybody at once. What there is stays eight, and nobody sits twice."""
    found = at_units()
    streets = [town(found, "望港街道"), town(found, "望山街道")]
    for one in streets:
        allot(actor=platform(), at=AT, programme=found.programme, between=between(found, "county", one, 2))
    cases = [case_at(found.world, found.edition, "recommend", f"样例工{n}") for n in range(THREADS)]
    groups = ["青屿区", "望港街道", "望山街道"]
    start = Barrier(THREADS)

    def act(n: int) -> str:
        start.wait()
        seat = SeatAsked("by_unit", groups[n % 3], 0, "名额")
        move = between(found, "county", streets[n % 2], 1)
        done = Counter[str]()
        for turn in range(4):
            try:
                if n % 4 == 0:
                    allot(actor=platform(), at=AT, programme=found.programme, between=move)
                elif n % 4 == 1:
                    recall(actor=platform(), at=AT, programme=found.programme, between=move)
                else:
                    take_seats(case=cases[n], seats=[seat], at=AT)
                    if turn < 3 and n % 4 == 2:
                        release_seats(case=cases[n])
                done["ok"] += 1
            except (QuotaFull, Refused) as refusal:
                done[type(refusal).__name__] += 1
        connection.close()
        return ",".join(sorted(done))

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(act, range(THREADS)))
    assert len(answers) == THREADS
    counts = list(PoolCount.objects.filter(pool="by_unit"))
    assert sum(one.limit for one in counts) == 8
    assert all(one.used <= one.limit for one in counts)
    assert list(pools.violations()) == []
    for n, case in enumerate(cases):  # whoever is left asks again until everything is taken: exactly eight sit
        for step in range(3):
            if PoolSeat.objects.filter(case=case).exists():
                break
            try:
                take_seats(case=case, seats=[SeatAsked("by_unit", groups[(n + step) % 3], 0, "名额")], at=AT)
            except QuotaFull:
                continue
    assert PoolSeat.objects.count() == sum(PoolCount.objects.values_list("used", flat=True)) == 8
