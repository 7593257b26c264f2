"""A row of a list: what may be partial, what is wrong and where."""

from datetime import date

import pytest

from gongjiang.kernel import identity_number
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.registry.entry import Defaults, partial_date, read_entry

ON = date(2026, 6, 24)
NUMBER = identity_number.sample(3, date(1980, 6, 5), "男")


def wrong(**cells: str) -> list[tuple[str, str]]:
    read, problems = read_entry({"name": "何焊平", **cells}, Defaults(), ON)
    assert read is None
    return [(one.column, one.text) for one in problems]


@pytest.mark.ledger("X-01")
def test_partial_data_are_taken_as_they_are() -> None:
    read, problems = read_entry(
        {"name": "何 焊平", "birth": "1980.6", "date": "2021"},
        Defaults("人才计划", "national", "stands", "2020-01-01"),
        ON,
    )
    assert problems == ()
    assert read is not None
    assert (read.name, read.number, read.birth, read.unit) == ("何焊平", "", "1980-06", "")
    assert (read.award, read.level, read.state, read.date) == ("人才计划", "national", "stands", "2021")


def test_the_number_gives_the_month_of_birth() -> None:
    read, _ = read_entry({"name": "何焊平", "number": NUMBER}, Defaults(), ON)
    assert read is not None
    assert (read.number, read.birth) == (NUMBER, "1980-06")


def test_everything_wrong_is_told_at_once() -> None:
    assert [column for column, _ in wrong(number="123", birth="某年", date="2021-13", level="校级", state="在任")] == [
        "number",
        "birth",
        "level",
        "state",
        "date",
    ]


def test_each_message_says_what_to_do() -> None:
    assert wrong(name="") == [("name", "姓名未填。")]
    assert wrong(number="320***********1234")[0][1].startswith("身份证号打了星号，不能用来比对。")
    assert wrong(number=NUMBER, birth="1981-06") == [
        ("birth", "出生年月填的是1981年6月，与身份证号中的1980年6月不一致，请核对。")
    ]
    assert wrong(unit="某" * 61) == [("unit", "不超过60字，现61字。")]
    assert wrong(date="2021", until="2020") == [("until", "有效期早于授予时间，请核对。")]
    assert wrong(state="在任")[0][1].startswith("没有“在任”这种状态，可填：已命名、培育对象")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("2021", "2021"),
        ("2021年度", "2021"),
        ("2021.6", "2021-06"),
        ("2021年6月1日", "2021-06-01"),
        ("2021/6/1", "2021-06-01"),
    ],
)
def test_dates_are_kept_as_exactly_as_the_list_knows_them(text: str, kept: str) -> None:
    assert partial_date(text) == kept


@pytest.mark.parametrize("text", ["1066", "2021-02-30", "去年", "2021-13"])
def test_dates_that_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        partial_date(text)
