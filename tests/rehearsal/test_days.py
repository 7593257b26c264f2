"""The days of a notice, as the issue reckons them: 20 September is worked, 25 to 27 are off."""

from datetime import date

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise


@pytest.mark.django_db
@pytest.mark.ledger("G-11")
@pytest.mark.parametrize(
    ("first_day", "last", "days"),
    [
        ("next", "2026-09-24", ["2026-09-20", "2026-09-21", "2026-09-22", "2026-09-23", "2026-09-24"]),
        ("counts", "2026-09-23", ["2026-09-18", "2026-09-20", "2026-09-21", "2026-09-22", "2026-09-23"]),
    ],
)
def test_a_notice_of_friday_the_18th(first_day: str, last: str, days: list[str]) -> None:
    world = rehearse(
        find("nanning-2026"),
        nominees=4,
        pairs=["places=2", f"first_day={first_day}"],
        start=date(2026, 9, 18),
    )
    told = summarise(world, seed=1)["dates"]["notice"]
    assert (told["published"], told["last_day"], told["days"]) == ("2026-09-18", last, days)
    late = [one.text for one in world.troubles.found if one.kind == "dates"]
    assert any("“申报”" in one and "延期" in one for one in late)
