"""A row of an imported list (earlier honours, a talent plan) as it is kept: partial data allowed, wrong data named."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjiang.kernel import identity_number
from gongjiang.kernel.dates import Month, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.names import parse_name
from gongjiang.kernel.text import clean

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("姓名",),
    "number": ("身份证号", "身份证号码", "公民身份号码", "证件号码"),
    "birth": ("出生年月", "出生日期"),
    "unit": ("工作单位", "当时单位", "所在单位", "单位"),
    "award": ("称号", "奖项", "荣誉名称", "计划名称"),
    "tier": ("档次", "等级"),
    "level": ("级别",),
    "state": ("状态",),
    "date": ("授予时间", "命名时间", "入选时间", "时间", "年度"),
    "until": ("有效期至", "截止时间"),
    "remark": ("备注",),
}
"""What a row may say, each with the headings it is known by; the first is that of our own sheet."""
LEVELS: Final = {"national": "国家级", "province": "省部级", "city": "市级", "county": "县级", "employer": "单位级"}
STATES: Final = {"stands": "已命名", "trainee": "培育对象", "ended": "期满", "revoked": "已撤销", "suspended": "暂停"}
_STATE_WORDS: Final = {
    **{label: code for code, label in STATES.items()},
    "有效": "stands", "在册": "stands", "入选": "stands", "已入选": "stands", "已认定": "stands", "取消": "revoked",
}  # fmt: skip
_LEVEL_WORDS: Final = {
    **{label: code for code, label in LEVELS.items()},
    "全国": "national", "省级": "province", "部级": "province", "县（区）级": "county", "区级": "county",
}  # fmt: skip
_LIMITS: Final = {"unit": 60, "award": 40, "tier": 20, "remark": 100}
_DAY: Final = re.compile(r"([0-9]{4})[.\-/年]([0-9]{1,2})[.\-/月]([0-9]{1,2})日?(?: 00:00:00)?")
_YEAR: Final = re.compile(r"([0-9]{4})年?(?:度)?")


@dataclass(frozen=True, slots=True)
class Defaults:
    """What holds for a row that says nothing else: the list's own title, level, state, day."""

    award: str = ""
    level: str = ""
    state: str = "stands"
    date: str = ""


@dataclass(frozen=True, slots=True)
class EntryRead:
    """One row. `number` in clear, `birth` as `1980-06`, `date` and `until` as a day, a month or a year (ISO)."""

    name: str
    number: str = ""
    birth: str = ""
    unit: str = ""
    award: str = ""
    tier: str = ""
    level: str = ""
    state: str = "stands"
    date: str = ""
    until: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a column of the row."""

    column: str
    text: str


def read_entry(cells: Mapping[str, str], defaults: Defaults, on: date) -> tuple[EntryRead | None, tuple[Wrong, ...]]:
    """The row as it is kept, or everything that is wrong with it. `cells`: text by column; a blank says nothing."""
    wrong: list[Wrong] = []
    found: dict[str, str] = {}
    for column in COLUMNS:
        text = clean(cells.get(column, "")).strip()
        try:
            found[column] = _read(column, text, on) if text else ""
        except BadInput as problem:
            wrong.append(Wrong(column, problem.text))
    if not wrong and not found["name"]:
        wrong.append(Wrong("name", "姓名未填。"))
    if not wrong:
        wrong += _against_number(found, on)
    if wrong:
        return None, tuple(wrong)
    for column in ("award", "level", "state", "date"):
        found[column] = found[column] or getattr(defaults, column)
    if found["until"] and found["date"] and found["until"] < found["date"][: len(found["until"])]:
        return None, (Wrong("until", "有效期早于授予时间，请核对。"),)
    return EntryRead(**found), ()


def partial_date(text: str) -> str:
    """`2021`, `2021-06` or `2021-06-01` from what people write. Raises BadInput."""
    plain = re.sub(r"\s*([.\-/年月日])\s*", r"\1", unicodedata.normalize("NFKC", text).strip())
    if year := _YEAR.fullmatch(plain):
        if not 1900 <= int(year[1]) <= 2100:
            raise BadInput(f"没有{year[1]}年这样的年份，请核对。", "No such year.")
        return year[1]
    if day := _DAY.fullmatch(plain):
        try:
            return date(int(day[1]), int(day[2]), int(day[3])).isoformat()
        except ValueError:
            raise BadInput(f"没有{day[1]}年{int(day[2])}月{int(day[3])}日这一天，请核对。", "No such day.") from None
    try:
        return parse_month(plain).iso()
    except BadInput:
        raise BadInput("时间看不懂，请写成 2021、2021-06 或 2021-06-01。", "Write a year, a month or a day.") from None


def _read(column: str, text: str, on: date) -> str:
    reader = _READERS.get(column)
    return _text(column, text) if reader is None else reader(text, on)


def _text(column: str, text: str) -> str:
    limit = _LIMITS.get(column, 60)
    if len(text) > limit:
        raise BadInput(f"不超过{limit}字，现{len(text)}字。", "Too long.")
    return text


def _number(text: str, on: date) -> str:
    if "*" in text:
        raise BadInput("身份证号打了星号，不能用来比对。请填完整号码，没有就留空。", "A masked number.")
    return identity_number.parse(text, on=on).value


def _birth(text: str, on: date) -> str:
    month = parse_month(text)
    if not Month(1900, 1) <= month <= Month.of(on):
        raise BadInput(f"出生年月{month.chinese()}不合情理，请核对。", "No plausible month of birth.")
    return month.iso()


def _word(words: Mapping[str, str], what: str) -> Callable[[str, date], str]:
    def read(text: str, _: date) -> str:
        if text not in words:
            raise BadInput(f"没有“{text}”这种{what}，可填：{'、'.join(dict.fromkeys(words))}。", "No such word.")
        return words[text]

    return read


_READERS: Final[Mapping[str, Callable[[str, date], str]]] = {
    "name": lambda text, _: parse_name(text),
    "number": _number,
    "birth": _birth,
    "level": _word(_LEVEL_WORDS, "级别"),
    "state": _word(_STATE_WORDS, "状态"),
    "date": lambda text, _: partial_date(text),
    "until": lambda text, _: partial_date(text),
}


def _against_number(found: dict[str, str], on: date) -> list[Wrong]:
    """Birth month and number must not contradict each other; the number gives the month where none is written."""
    if not found["number"]:
        return []
    number = identity_number.parse(found["number"], on=on)
    if found["birth"]:
        year, month = map(int, found["birth"].split("-"))
        return [Wrong("birth", one.text) for one in identity_number.disagreements(number, birth=Month(year, month))]
    if number.birth is not None:
        found["birth"] = Month.of(number.birth).iso()
    return []
