"""The gate before a page is published: no identity number, mobile number or full birth date may pass.

It looks at text of any origin: a web page, the text and metadata of a PDF, the cells of a workbook. Width, hidden
characters, separators and inline tags don't help a number through. Findings show their find masked.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from gongjiang.kernel import identity_number, phone
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.workdays import add_years
from gongjiang.rules.public_notices.finders import full_dates, identity_numbers, mobiles, plain_text


class Personal(Enum):
    """What must not be published."""

    IDENTITY = "身份证号"
    MOBILE = "手机号"
    BIRTH = "完整出生日期"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One find: where (`第3行“备注”列`), what, and its masked look."""

    place: str
    what: Personal
    masked: str


_BIRTH_WORD: Final = re.compile(r"出生|生日|生于|诞生|BIRTH|BORN")
_NEAR: Final = 16
_YOUNGEST: Final = 14
"""In a list of people a full date at least so many years old is taken for a birth date."""


def scan_text(text: str, place: str, *, on: date, people: bool = False, heading: str = "") -> tuple[Finding, ...]:
    """All finds in one text. `on` is the day of publishing.

    `people`: the text is a cell or an entry of a list of people, where any long-past full date counts as a birth
    date; elsewhere a date counts when 出生, 生日 or the like stand within 16 characters. `heading`: the column's.
    """
    plain = plain_text(text)
    found = [Finding(place, Personal.IDENTITY, identity_number.mask(hit)) for hit in identity_numbers(plain)]
    found += [Finding(place, Personal.MOBILE, phone.mask(hit)) for hit in mobiles(plain)]
    near_birth = _BIRTH_WORD.search(plain_text(heading)) is not None
    found += [
        Finding(place, Personal.BIRTH, f"{day.year}年**月**日")
        for day, at in full_dates(plain)
        if near_birth or _by_birth_word(plain, at) or (people and day <= add_years(on, -_YOUNGEST))
    ]
    return tuple(found)


def scan_cells(
    heading: Sequence[str], rows: Iterable[Sequence[object]], place: str, *, on: date
) -> tuple[Finding, ...]:
    """All finds in a sheet of people, named by row (the heading is row 1) and column."""
    found: list[Finding] = []
    for column, name in enumerate(heading):
        found += scan_text(name, f"{place}第1行第{column + 1}列", on=on)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row):
            name = heading[column] if column < len(heading) else ""
            where = f"{place}第{number}行“{name}”列" if name else f"{place}第{number}行第{column + 1}列"
            found += scan_text(_cell_text(value), where, on=on, people=True, heading=name)
    return tuple(found)


def decide(findings: Iterable[Finding]) -> Decision:
    """A page with any finding is refused; each reason says where and what to do."""
    reasons = tuple(
        Reason(
            f"{one.place}出现{one.what.value}（{one.masked}），不得公开。请删去，或只留公布字段后再发布。",
            subject=one.place,
        )
        for one in sorted(set(findings), key=lambda one: (one.place, one.what.value, one.masked))
    )
    return Decision.no(*reasons) if reasons else Decision.yes()


def _by_birth_word(plain: str, at: int) -> bool:
    return _BIRTH_WORD.search(plain[max(0, at - _NEAR) : at + 2 * _NEAR]) is not None


def _cell_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
