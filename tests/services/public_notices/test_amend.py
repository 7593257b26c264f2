"""A corrected entry: its own clock starts anew, everybody else's goes on; the gate reads it too."""

from datetime import date

import pytest
from tests.services.public_notices.stage import Ground, ground, moment

from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import NoticeEntry
from gongjiang.services.public_notices.amend import NOTE, amend

pytestmark = [pytest.mark.django_db, pytest.mark.once]
MONDAY = date(2026, 9, 21)


def corrected(here: Ground, n: int, day: date = MONDAY, who: str = "yan", **shown: str) -> NoticeEntry:
    return amend(
        actor=here.world.actor(who), at=moment(day), entry_id=here.entry(n).pk, shown=shown, reason="工作单位有误"
    )


def test_only_the_corrected_clock_starts_anew() -> None:
    here = ground(places=3, people=3)
    notice = here.post()
    corrected(here, 0, employer="澜江机床有限公司")
    found = here.entry(0)
    # the 25th to 27th are off
    assert (found.starts_on, found.ends_on, found.note) == (MONDAY, date(2026, 9, 29), NOTE)
    assert found.shown["employer"] == "澜江机床有限公司"
    assert {here.entry(n).ends_on for n in (1, 2)} == {date(2026, 9, 24)}
    assert {one.title for one in here.settle(date(2026, 9, 25)).done} == {"岑铸山", "丁砺锋"}
    assert {one.title for one in here.settle(date(2026, 9, 30)).done} == {"何焊平"}
    with pytest.raises(Refused, match="已办结"):
        corrected(here, 0, date(2026, 10, 9), employer="别的单位")
    notice.refresh_from_db()
    assert notice.last_day == date(2026, 9, 24)


def test_another_name_goes_where_its_strokes_belong() -> None:
    here = ground(places=6, people=6)
    notice = here.post()
    corrected(here, 5, name="石守瑶")
    corrected(here, 0, name="丁焊平")
    lines = notice.entries.order_by("position").values_list("shown__name", "group")
    assert list(lines) == [
        ("丁砺锋", "二画"),
        ("丁焊平", "二画"),
        ("马驭程", "三画"),
        ("石守瑶", "五画"),
        ("岑铸山", "七画"),
        ("温测微", "十二画"),
    ]


def test_what_is_refused() -> None:
    here = ground(places=2, people=2)
    here.post()
    with pytest.raises(Refused, match="手机号"):
        corrected(here, 0, post="班组长，19900000001")
    with pytest.raises(BadInput, match="没有改动"):
        corrected(here, 0, employer="  澜江重工有限公司 ", id_number="990000199001019990")
    with pytest.raises(BadInput, match="姓名不能空着"):
        corrected(here, 0, name=" ")
    with pytest.raises(NotAllowed):
        corrected(here, 0, who="zhang", employer="别的单位")
    assert here.entry(0).ends_on == date(2026, 9, 24)
