"""The gate before a page is published: no identity number, mobile number or full birth date may pass.

It looks at text of any origin: a web page, the text and metadata of a PDF, the cells of a workbook. Width, hidden
characters, separators and inline tags don't help a number through. Findings show their find masked.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Final

from gongjiang.kernel import identity_number, phone
from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.workdays import add_years


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


_JOINT: Final = "[ -]?"
_IDENTITY_18: Final = re.compile(rf"(?<![0-9])(?:[0-9]{_JOINT}){{17}}[0-9X](?![0-9])")
_IDENTITY_15: Final = re.compile(r"(?<![0-9.])[0-9]{15}(?![0-9.])")
_IDENTITY_FOREIGN: Final = re.compile(r"(?<![0-9A-Z])[A-Z]{3}[0-9]{12}(?![0-9A-Z])")
_MOBILE: Final = re.compile(
    rf"(?<![0-9A-F.])(?:(?:\+|00)?86{_JOINT})?(1(?:00|[3-9][0-9]){_JOINT}[0-9]{{4}}{_JOINT}[0-9]{{4}})(?![0-9A-F])"
)
_FULL_DATE: Final = re.compile(
    r"(?<![0-9])((?:18|19|20)[0-9]{2})(?:[.\-/年] ?([0-9]{1,2})[.\-/月] ?([0-9]{1,2})日?|([0-9]{2})([0-9]{2}))(?![0-9])"
)
_BIRTH_WORD: Final = re.compile(r"出生|生日|生于|诞生|BIRTH|BORN")
_NEAR: Final = 16
_YOUNGEST: Final = 14
"""In a list of people a full date at least so many years old is taken for a birth date."""

_PROVINCES: Final = frozenset(
    re.findall("..", "1112131415212223313233343536374142434445465051525354616263646571818291")
)


def scan_text(text: str, place: str, *, on: date, people: bool = False, heading: str = "") -> tuple[Finding, ...]:
    """All finds in one text. `on` is the day of publishing.

    `people`: the text is a cell or an entry of a list of people, where any long-past full date counts as a birth
    date; elsewhere a date counts when 出生, 生日 or the like stand within 16 characters. `heading`: the column's.
    """
    plain = _plain(text)
    found = [Finding(place, Personal.IDENTITY, identity_number.mask(hit)) for hit in _identity_numbers(plain)]
    found += [Finding(place, Personal.MOBILE, phone.mask(hit)) for hit in _mobiles(plain)]
    near_birth = _BIRTH_WORD.search(_plain(heading)) is not None
    found += [
        Finding(place, Personal.BIRTH, f"{day.year}年**月**日")
        for day, at in _dates(plain)
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
            f"{one.place}出现{one.what.value}（{one.masked}），不得公开。请删去或改为已公布字段后再发布。",
            subject=one.place,
        )
        for one in sorted(set(findings), key=lambda one: (one.place, one.what.value, one.masked))
    )
    return Decision.no(*reasons) if reasons else Decision.yes()


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    visible = "".join(char for char in folded if unicodedata.category(char) not in ("Cf", "Mn"))
    return re.sub(r"[^\S\n]+", " ", visible)


def _identity_numbers(plain: str) -> list[str]:
    hits: list[str] = []
    for found in _IDENTITY_18.finditer(plain):
        digits = re.sub(r"[^0-9X]", "", found.group())
        solid = len(digits) == len(found.group())
        right = solid and identity_number.check_digit(digits[:17]) == digits[17]
        if right or _is_date(digits[6:10], digits[10:12], digits[12:14]):
            hits.append(digits)
    for found in _IDENTITY_15.finditer(plain):
        digits = found.group()
        if digits[:2] in _PROVINCES and _is_date(f"19{digits[6:8]}", digits[8:10], digits[10:12]):
            hits.append(digits)
    for found in _IDENTITY_FOREIGN.finditer(plain):
        digits = found.group()
        if _is_date("2000", digits[9:11], digits[11:13]):
            hits.append(digits)
    return hits


def _mobiles(plain: str) -> list[str]:
    return [re.sub(r"[^0-9]", "", found.group(1)) for found in _MOBILE.finditer(plain)]


def _dates(plain: str) -> list[tuple[date, int]]:
    """Full dates with where they stand; a run of eight digits only if it is one."""
    hits: list[tuple[date, int]] = []
    for found in _FULL_DATE.finditer(plain):
        year, month, day, solid_month, solid_day = found.groups()
        if _is_date(year, month or solid_month, day or solid_day):
            hits.append((date(int(year), int(month or solid_month), int(day or solid_day)), found.start()))
    return hits


def _by_birth_word(plain: str, at: int) -> bool:
    return _BIRTH_WORD.search(plain[max(0, at - _NEAR) : at + 2 * _NEAR]) is not None


def _is_date(year: str, month: str, day: str) -> bool:
    try:
        return 1850 <= date(int(year), int(month), int(day)).year <= 2100
    except ValueError:
        return False


def _cell_text(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
