"""Marks of classified material and numbers of persons in a text: hints with their place, never a verdict.

Classified documents carry their grade with a star (国家秘密载体标志: 机密★10年) or as a heading of its own, often set
wide; words such as 秘密 in a running sentence (商业秘密保护工作, 机密机械厂) mean nothing and are passed over. Numbers
count only if their check digit is right.
"""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from gongjiang.kernel.identity_number import check_digit, mask

MOST: Final = 50
"""Hints of one text: whoever has seen fifty need not be shown more."""
_BESIDE: Final = 12


class Kind(Enum):
    """What a hint is about."""

    GRADE = "grade"
    INTERNAL = "internal"
    CODE = "code"
    IDENTITY = "identity"
    MOBILE = "mobile"
    CARD = "card"


LABELS: Final[dict[Kind, str]] = {
    Kind.GRADE: "密级标志",
    Kind.INTERNAL: "内部材料字样",
    Kind.CODE: "涉密项目或代号",
    Kind.IDENTITY: "身份证号",
    Kind.MOBILE: "手机号",
    Kind.CARD: "银行卡号",
}


@dataclass(frozen=True, slots=True)
class Mark:
    """One hint. `words` as they stand, `around` with what is beside them; personal numbers are masked in both."""

    kind: Kind
    start: int
    words: str
    around: str


_S: Final = r"[ 　\t]{0,6}"
"""Headings are often set wide: 机　密."""
_GRADE: Final = f"(?:[绝絕]{_S}密|[机機]{_S}密|秘{_S}密)"
_INSIDE: Final = (
    f"内{_S}部{_S}(?:资{_S}料|材{_S}料|文{_S}件|刊{_S}物|使{_S}用|参{_S}考|参{_S}阅|传{_S}阅|发{_S}行|明{_S}电)"
)
_STAR: Final = r"(?:[★☆✩✭⭐]|[*＊](?=[ 　]*(?:\d|长期|$)))"
_OPEN: Final = r"(?m)^[ 　\t\r【〔\[（(《<]*"
_SHUT: Final = r"[ 　\t\r】〕\]）)》>]*$"
_ARMS: Final = "(?:军工|军品|国防|武器|装备|型号|导弹|战机|舰艇)"
_WORDS: Final = (
    (Kind.INTERNAL, re.compile(f"(?:核心|普通)?商(?:业秘)?密{_S}{_STAR}")),
    (Kind.GRADE, re.compile(f"{_GRADE}{_S}{_STAR}")),
    (Kind.GRADE, re.compile(f"密{_S}级{_S}[:：为是]?{_S}{_GRADE}")),
    (Kind.GRADE, re.compile(f"{_OPEN}{_GRADE}{_S}(?:级|件|文件|资料)?{_SHUT}")),
    (Kind.GRADE, re.compile(f"{_GRADE}级(?:文件|材料|资料|项目|任务|工程|产品)")),
    (Kind.GRADE, re.compile(rf"保密期限{_S}[:：为]?{_S}(?:\d+{_S}[年月]|长期)")),
    (
        Kind.INTERNAL,
        re.compile(rf"内{_S}部{_S}(?:资料|材料|文件|刊物)[ 　，,。；;：:、·]*(?:请|注意|妥善)*(?:保存|保管|保密)"),
    ),
    (Kind.INTERNAL, re.compile(f"{_OPEN}(?:{_INSIDE}|(?:核心|普通)商(?:业秘)?密){_SHUT}")),
    (Kind.INTERNAL, re.compile(f"{_OPEN}(?:TOP SECRET|SECRET|CONFIDENTIAL){_SHUT}")),
    (Kind.INTERNAL, re.compile(r"(?:不得|严禁|禁止|请勿|切勿)(?:向外|对外|擅自|翻印|复制|、|或)*外传")),
    (
        Kind.INTERNAL,
        re.compile(r"(?:仅限|只限|限|仅供|只供)(?:于)?(?:本)?(?:单位|公司|系统)?内部(?:使用|传阅|参阅|参考|交流|学习)"),
    ),
    (Kind.CODE, re.compile(r"(?<![不非未无])涉密(?:项目|工程|任务|产品|装备|型号|载体)")),
    (Kind.CODE, re.compile(rf"{_ARMS}[^。；\n]{{0,12}}?代号[ 　]*[:：为是]?[ 　]*[“\"]?[A-Z]*-?\d[A-Z0-9-]*")),
)
_PLAIN: Final = str.maketrans("０１２３４５６７８９Ｘｘ－", "0123456789Xx-")
_IDENTITY: Final = re.compile(r"(?<![0-9A-Za-z])[1-9](?:[ 　-]?\d){16}[ 　-]?[0-9Xx](?![0-9A-Za-z])")
_MOBILE: Final = re.compile(
    r"(?<![0-9A-Za-z.-])(?:(?:\+|00)?86[ -]?)?1(?:00|[3-9]\d)([ -]?)\d{4}\1\d{4}(?![0-9A-Za-z元万亿件个次吨]|[.-]\d)"
)
_CARD: Final = re.compile(r"(?<![0-9A-Za-z.-])62\d{2}([ -]?)\d{4}\1\d{4}\1\d{4}(?:\1\d{1,3})?(?![0-9A-Za-z])")


def scan(text: str) -> tuple[Mark, ...]:
    """Hints in the order of the text, at most `MOST`."""
    plain = text.translate(_PLAIN)  # one character for one: places stay
    numbers = sorted(_numbers(plain))
    hidden = plain
    for start, end, _kind in numbers:
        hidden = hidden[:start] + _masked(plain[start:end]) + hidden[end:]
    found = numbers + [(one.start(), one.end(), kind) for kind, mark in _WORDS for one in mark.finditer(hidden)]
    taken: list[Mark] = []
    last = -1
    for start, end, kind in sorted(found, key=lambda one: (one[0], -one[1])):
        if start < last:
            continue
        last = end
        around = " ".join(hidden[max(0, start - _BESIDE) : end + _BESIDE].split())
        taken.append(Mark(kind, start, " ".join(hidden[start:end].split()), around))
        if len(taken) == MOST:
            break
    return tuple(taken)


def _numbers(plain: str) -> Iterator[tuple[int, int, Kind]]:
    for one in _IDENTITY.finditer(plain):
        if _is_identity(re.sub(r"[ 　-]", "", one.group())):
            yield one.start(), one.end(), Kind.IDENTITY
    for one in _MOBILE.finditer(plain):
        yield one.start(), one.end(), Kind.MOBILE
    for one in _CARD.finditer(plain):
        digits = re.sub(r"\D", "", one.group())
        if _luhn(digits) and not (len(digits) == 18 and _is_identity(digits)):
            yield one.start(), one.end(), Kind.CARD


def _is_identity(text: str) -> bool:
    try:
        born = dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return 1900 <= born.year <= 2100 and check_digit(text[:17]) == text[17].upper()


def _luhn(digits: str) -> bool:
    """ISO/IEC 7812: every second digit from the right doubled, the sum of digits a multiple of ten."""
    doubled = (sum(divmod(2 * int(one), 10)) for one in digits[-2::-2])
    return (sum(doubled) + sum(int(one) for one in digits[-1::-2])) % 10 == 0


def _masked(number: str) -> str:
    """As long as before."""
    return (
        mask(number) if len(number) >= 12 and number.isalnum() else number[:3] + "*" * (len(number) - 7) + number[-4:]
    )
