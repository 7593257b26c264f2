"""The sample round of reports, on a small world."""

from datetime import timedelta

import pytest
from tests.factories import AT, prepared_edition, small_world
from tests.services.tallies.test_kept import honoured

from gongjiang.kernel.actor import platform
from gongjiang.models import PeriodicReport, ReportCall
from gongjiang.services.reports.invariants.reports import violations
from gongjiang.services.samples.reports import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_most_have_handed_in_and_one_still_writes() -> None:
    world = small_world()
    edition = prepared_edition(world)
    honours = [honoured(edition, n, "city") for n in range(3)]
    fill(platform(), AT + timedelta(days=1), honours)
    call = ReportCall.objects.get()
    assert (call.asker, call.period) == (world["city"], "2026年上半年")
    states = PeriodicReport.objects.order_by("unit_id").values_list("unit__name", "state")
    assert list(states) == [
        ("青屿区总工会", "submitted"),
        ("远岸区总工会", "received"),
        ("望澜市机械产业工会", "draft"),
    ]
    assert list(violations()) == []


def test_no_honours_no_reports() -> None:
    fill(platform(), AT, [])
    assert not ReportCall.objects.exists()
