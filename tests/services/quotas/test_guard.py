"""Quotas at any concurrency: filled exactly, never over (TRUST 1; ledger N-05)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import DatabaseError, connection
from django.db.models import F
from tests.factories import AT, case_at, opened_edition, small_world

from gongjiang.kernel.errors import QuotaFull
from gongjiang.models import Case, PoolCount, PoolSeat
from gongjiang.services.quotas import guard
from gongjiang.services.quotas.guard import SeatAsked, release_seats, take_seats

THREADS, PLACES = 16, 5


def _cases(count: int) -> list[Case]:
    world = small_world()
    edition = opened_edition(world)
    return [case_at(world, edition, "qualify", f"样例工{n}") for n in range(count)]


def _seat(limit: int = PLACES) -> SeatAsked:
    return SeatAsked("by_unit", "青屿区", limit, "推荐名额（青屿区）")


def _rush(cases: list[Case], times: int = 1) -> Counter[str]:
    """Every case asks for a place from its own thread, all at the same moment."""
    start = Barrier(len(cases))

    def ask(case: Case) -> str:
        start.wait()
        try:
            for _ in range(times):
                take_seats(case=case, seats=[_seat()], at=AT)
        except QuotaFull:
            return "full"
        except DatabaseError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "taken"

    with ThreadPoolExecutor(len(cases)) as pool:
        return Counter(pool.map(ask, cases))


def _assert_filled_exactly(answers: Counter[str]) -> None:
    assert answers == {"taken": PLACES, "full": THREADS - PLACES}
    assert PoolCount.objects.get().used == PLACES == PoolSeat.objects.count()


@pytest.mark.ledger("N-05")
@pytest.mark.django_db(transaction=True)
def test_sixteen_threads_fill_a_quota_exactly() -> None:
    _assert_filled_exactly(_rush(_cases(THREADS)))


@pytest.mark.django_db(transaction=True)
def test_the_same_rush_is_not_refused_properly_without_the_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the guard out: the test above would fail. The CHECK behind it still lets nothing over the top."""

    def unguarded(count_id: int) -> bool:
        return PoolCount.objects.filter(pk=count_id).update(used=F("used") + 1) == 1

    monkeypatch.setattr(guard, "_count_up", unguarded)
    answers = _rush(_cases(THREADS))
    with pytest.raises(AssertionError):
        _assert_filled_exactly(answers)
    assert answers == {"taken": PLACES, "IntegrityError": THREADS - PLACES}
    assert PoolCount.objects.get().used == PLACES


@pytest.mark.django_db(transaction=True)
def test_one_case_asking_often_sits_once() -> None:
    case = _cases(1)[0]
    assert _rush([case] * THREADS, times=3) == {"taken": THREADS}
    assert PoolCount.objects.get().used == 1


@pytest.mark.django_db
def test_a_place_given_back_is_free_again() -> None:
    first, second = _cases(2)
    take_seats(case=first, seats=[_seat(1)], at=AT)
    with pytest.raises(QuotaFull, match="推荐名额（青屿区）共 1 名，已全部用完"):
        take_seats(case=second, seats=[_seat(1)], at=AT)
    assert release_seats(case=first) == 1
    assert take_seats(case=second, seats=[_seat(1)], at=AT + timedelta(seconds=1)) == 1


@pytest.mark.django_db
def test_nothing_is_taken_when_one_of_several_pools_is_full() -> None:
    first, second = _cases(2)
    take_seats(case=first, seats=[SeatAsked("groups", "某集团", 1, "同一集团")], at=AT)
    with pytest.raises(QuotaFull):
        take_seats(case=second, seats=[_seat(), SeatAsked("groups", "某集团", 1, "同一集团")], at=AT)
    assert not PoolSeat.objects.filter(case=second).exists()
    assert [one.used for one in PoolCount.objects.filter(pool="by_unit")] in ([], [0])
