"""Decreed years: read as people write them, refused where they can't be right."""

from datetime import date

import pytest
from tests.factories import AT, World, small_world

from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import CalendarYear
from gongjiang.services.programmes.calendar import load_year, read_days
from gongjiang.services.programmes.programme import calendar_of


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_days_are_read_as_people_write_them() -> None:
    assert read_days("2027-02-06，2月8日\n2.10", 2027, "放假日") == [
        date(2027, 2, 6),
        date(2027, 2, 8),
        date(2027, 2, 10),
    ]
    assert read_days("10月1日至10月3日", 2027, "放假日") == [date(2027, 10, day) for day in (1, 2, 3)]


@pytest.mark.parametrize("text", ["2月30日", "下周一", "2028-01-01", "10月3日至10月1日"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as error:
        read_days(text, 2027, "放假日")
    assert error.value.place == "放假日"


def test_a_loaded_year_counts(world: World) -> None:
    load_year(
        actor=world.actor("xi"),
        at=AT,
        year=2027,
        holidays=[date(2027, 10, 1)],
        worked=[date(2027, 9, 26)],
        source="国务院办公厅关于2027年部分节假日安排的通知",
    )
    calendar = calendar_of("cn-state-council")
    assert not calendar.is_working_day(date(2027, 10, 1))
    assert calendar.is_working_day(date(2027, 9, 26))
    assert CalendarYear.objects.count() == 1


@pytest.mark.parametrize(
    ("off", "on", "source", "place"),
    [
        ([], [], "通知", "放假日"),
        ([date(2027, 10, 1)], [], " ", "依据文件"),
        ([date(2027, 10, 1)], [date(2027, 10, 4)], "通知", "调休上班日"),
        ([date(2027, 9, 26)], [date(2027, 9, 26)], "通知", "调休上班日"),
    ],
)
def test_a_year_that_can_not_be_right(world: World, off: list[date], on: list[date], source: str, place: str) -> None:
    with pytest.raises(BadInput) as error:
        load_year(actor=world.actor("xi"), at=AT, year=2027, holidays=off, worked=on, source=source)
    assert error.value.place == place


def test_only_system_administrators_load(world: World) -> None:
    with pytest.raises(NotFound):
        load_year(actor=world.actor("guan"), at=AT, year=2027, holidays=[date(2027, 10, 1)], worked=[], source="通知")
