"""Stages share the time before their next deadline, in office hours."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from tests.rehearsal.test_jichuan import PACK

from gongjiang.catalogue.packs import find
from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.services.rehearsal.clock import Clock, acting_order, due_by, morning
from gongjiang.services.rehearsal.prepare import prepare


def test_moments_lie_in_office_hours_of_working_days_and_in_order() -> None:
    clock = Clock(morning(date(2026, 9, 18)), decreed_calendar())
    found = clock.moments(morning(date(2026, 9, 29)), 40)
    assert found == sorted(found)
    days = {timezone.localtime(one).date() for one in found}
    assert date(2026, 9, 20) in days
    assert not days & {date(2026, 9, 19), date(2026, 9, 25), date(2026, 9, 26), date(2026, 9, 27)}
    assert all(9 <= timezone.localtime(one).hour < 17 for one in found)


def test_the_clock_never_goes_back() -> None:
    clock = Clock(morning(date(2026, 6, 1)), decreed_calendar())
    clock.go(morning(date(2026, 5, 1)))
    assert clock.today == date(2026, 6, 1)
    assert clock.tick(5) - morning(date(2026, 6, 1)) == timedelta(seconds=5)


@pytest.mark.django_db
def test_what_must_be_over_first_acts_first() -> None:
    world = prepare(find(str(PACK)), seed=1, pairs=[], start=None)
    ends = due_by(world.programme)
    june = timezone.make_aware(datetime(2026, 6, 1))
    assert ends["screen"] == timezone.make_aware(datetime(2026, 5, 1))
    assert ends["craft"] == ends["crew_review"] == ends["bureaus"] == june
    order = [one.id for one in acting_order(world.programme)]
    assert order.index("crew_review") < order.index("notice")
    assert sorted(order) == sorted(one.id for one in world.programme.stages)
