"""A blind review: which answers tell who somebody is, and their words covered wherever a text has them (TRUST 9).

Matching looks through width, case, blanks and dots between characters: “何　焊平” is “何焊平”.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.names import surname_of

COVER: Final = "××"
#: Fields and columns that say who or where, whatever a pack calls them.
_NAMED: Final = frozenset(
    ("name", "employer", "employer_address", "address", "postcode", "corp_group", "credit_code", "registry_number",
     "org", "native_place", "contact", "email", "wechat", "leader", "mentor")
)  # fmt: skip
_LABELS: Final = re.compile(
    "姓名|名字|单位|车间|班组|工段|工作室|工坊|公司|企业名|厂名|地址|住址|电话|手机|邮箱|邮编|微信|身份证|户籍|籍贯|出生地|照片|签名|签字|学校|院校"
    "|毕业|工会|集团|信用代码|导师|师傅|徒弟|师徒|推荐人|推荐信|编号|证号|所在"
)
_HIDDEN_TYPES: Final = frozenset({"id_number", "mobile", "photo", "file"})
_WORDED: Final = frozenset({"text", "any"})
#: What follows or comes before a surname when people speak of somebody.
_CALLED: Final = (
    "师傅", "师父", "大师", "老师", "工程师", "工匠", "总工", "工", "总", "经理", "主任", "班长", "组长", "队长",
    "厂长", "书记", "同志", "先生", "女士", "某某", "某", "老", "姐", "哥", "氏",
)  # fmt: skip
_FORMS: Final = re.compile(
    "(股份有限公司|有限责任公司|有限公司|集团公司|总公司|分公司|集团|公司|总工会|工会委员会|工会|委员会)$"
)
_REGION: Final = re.compile("^[\u4e00-\u9fff]{2,7}?(省|自治区|市|自治州|县|区)")
_AREA: Final = re.compile("(省|自治区|市|自治州|县|区)$")
#: What is left of a name and is nobody's.
_COMMON: Final = frozenset(
    {"总工会", "工会委员会", "有限公司", "有限责任公司", "股份有限公司", "集团公司", "分公司", "委员会"}
)
_NUMBERS: Final = re.compile(
    r"\d{17}[\dx]|\d{15}|(?:\+?86)?1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"
)
_DOTS: Final = frozenset("·•‧・･")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text; `hidden`: it tells who this is."""

    text: str
    hidden: bool


def tells_who(name: str, label: str = "", kind: str = "text", pii: str = "none") -> bool:
    """Is an answer hidden as a whole? By what the catalogue says of it, by its type, by what it is called."""
    if kind in _HIDDEN_TYPES or pii != "none" or name in _NAMED:
        return True
    return kind in _WORDED and _LABELS.search(label) is not None


def words_of_person(name: str) -> set[str]:
    """A person's name, and as colleagues say it: the given name, 何师傅, 老何."""
    plain = "".join(char for char in name if not char.isspace())
    found = {plain, *(part for part in re.split("[·•‧・]", plain) if len(part) > 1)}
    surname = surname_of(plain)
    if 2 <= len(plain) <= 4 and plain > "\u3400":
        given = plain[len(surname) :]
        found |= {given} if len(given) > 1 else set()
        found |= {surname + called for called in _CALLED} | {before + surname for before in "老小阿"}
    return {one for one in found if len(one) > 1}


def words_of_unit(name: str) -> set[str]:
    """A unit's name with and without its region and legal form: 澜江重工有限公司, 澜江重工."""
    plain = unicodedata.normalize("NFKC", "".join(char for char in name if not char.isspace()))
    found = {plain, re.sub(r"\([^)]*\)", "", plain)}
    for one in tuple(found):
        bare = one
        while (shorter := _FORMS.sub("", bare)) != bare:
            bare = shorter
        found |= {bare, _REGION.sub("", one), _REGION.sub("", bare), _AREA.sub("", bare)}
    found -= _COMMON
    return {one for one in found if len(one) > 2 or (len(one) == 2 and any(_AREA.sub("", it) == one for it in found))}


class Veil:
    """Covers a person's words in any text."""

    def __init__(self, words: Iterable[str]) -> None:
        self.words = frozenset(folded for one in words if len(folded := "".join(_fold(one)[0])) > 1)

    def pieces(self, text: str) -> tuple[Piece, ...]:
        """The text in stretches, shown and hidden by turns."""
        chars, at = _fold(text)
        plain, hidden = "".join(chars), bytearray(len(text))
        for start, end in self._ranges(plain):
            first, last = at[start], at[end - 1]
            hidden[first : last + 1] = b"\1" * (last + 1 - first)
        found: list[Piece] = []
        start = 0
        for end in range(1, len(text) + 1):
            if end == len(text) or hidden[end] != hidden[start]:
                found.append(Piece(text[start:end], bool(hidden[start])))
                start = end
        return tuple(found)

    def covered(self, text: str) -> str:
        """The text as a judge reads it."""
        return "".join(COVER if one.hidden else one.text for one in self.pieces(text))

    def _ranges(self, plain: str) -> Iterator[tuple[int, int]]:
        for word in self.words:
            start = plain.find(word)
            while start >= 0:
                yield start, start + len(word)
                start = plain.find(word, start + 1)
        for found in _NUMBERS.finditer(plain):
            yield found.span()


def _fold(text: str) -> tuple[list[str], list[int]]:
    """Characters that count, and where each of them stands in the text."""
    chars: list[str] = []
    at: list[int] = []
    for index, one in enumerate(text):
        for char in unicodedata.normalize("NFKC", one).casefold():
            if not (char.isspace() or char in _DOTS or unicodedata.category(char) in {"Cf", "Cc", "Mn"}):
                chars.append(char)
                at.append(index)
    return chars, at
