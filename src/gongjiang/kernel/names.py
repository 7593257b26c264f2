"""Names of people: cleaned, checked, and put in the order in which public lists print them.

按姓氏笔画 lists order by the strokes of the surname; of the same surname a single given name comes first (so the
lists of the CPPCC and of Party congresses). 按姓名笔画 lists compare character by character (so those of people's
congresses). Strokes order by number, then by 横竖撇点折: both are in the rank a character has in the table.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, Literal

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import clean

Method = Literal["surname", "name"]

LONGEST: Final = 40

_DOTS: Final = re.compile("[•‧∙・･．.]")
_HAN: Final = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_GAP_IN_HAN: Final = re.compile(f"(?<=[{_HAN}{_SELECTORS}·])\\s+(?=[{_HAN}·])")
_ALLOWED: Final = re.compile(f"[{_HAN}{_SELECTORS}·A-Za-z\u00c0-\u024f '’-]")
_COMPOUND: Final = frozenset(
    re.findall(
        "..",
        "欧阳司马上官诸葛东方皇甫尉迟公孙慕容令狐司徒司空夏侯轩辕宇文长孙端木独孤南宫西门"
        "呼延澹台闻人钟离申屠太史万俟濮阳淳于单于公冶公羊赫连闾丘即墨拓跋百里东郭鲜于第五",
    )
)
_PLAIN: Final = re.compile(f"[\u3400-\u4dbf\u4e00-\u9fff]{{1,{LONGEST}}}")
_UNRANKED: Final = 1_000_000


def parse_name(text: str, *, place: str = "") -> str:
    """The name as it is kept: padding between Han characters out, every kind of middle dot as `·`.

    From 1 to 40 characters; Han (rare ones too), `·`, and the Latin letters of foreign residents.
    Raises BadInput naming the character that cannot stand in a name.
    """
    name = _GAP_IN_HAN.sub("", re.sub(r"\s+", " ", clean(text)).strip())
    if any(char >= "\u3400" for char in name):
        name = _DOTS.sub("·", name)
    if not name:
        raise BadInput("姓名未填。", "The name is missing.", place=place)
    length = name_length(name)
    if length > LONGEST:
        raise BadInput(
            f"姓名不超过{LONGEST}个字，现{length}个字，请核对是否填错了栏。",
            f"A name has at most {LONGEST} characters.",
            place=place,
        )
    wrong = next((char for char in name if not _ALLOWED.fullmatch(char)), None)
    if wrong is not None:
        raise BadInput(
            f"姓名中不能有“{wrong}”。只能用汉字、间隔号“·”和外文字母。",
            "A name is made of Han characters, the middle dot and Latin letters.",
            place=place,
        )
    if name.startswith("·") or name.endswith("·"):
        raise BadInput("姓名不能以间隔号“·”开头或结尾。", "A name can't begin or end with a middle dot.", place=place)
    return name


def surely_right(names: Iterable[str]) -> set[str]:
    """Those of many names that `parse_name` would give back as they are: plain Han. Others are asked about singly."""
    return {one for one in names if _PLAIN.fullmatch(one)}


def name_length(name: str) -> int:
    """Characters of a name as the eye counts them: variation selectors are none."""
    return len(re.sub(f"[{_SELECTORS}]", "", name))


def surname_of(name: str) -> str:
    """The surname of a Han name: two characters if it is one of the compound ones and a given name follows."""
    return name[:2] if name[:2] in _COMPOUND and len(name) > 2 else name[:1]


def stroke_key(name: str, ranks: Mapping[str, int], method: Method = "surname") -> tuple[tuple[int, ...], str]:
    """A sort key by strokes. Characters without a rank follow all others, by code point.

    `ranks`: a character's place in the order of strokes (catalogue.strokes.stroke_ranks()).
    """
    plain = re.sub(f"[{_SELECTORS}\\s·]", "", name)
    key = [ranks.get(char, _UNRANKED + ord(char)) for char in plain]
    surname = len(surname_of(plain))
    if method == "surname" and len(plain) == surname + 1:
        key.insert(surname, 0)
    return tuple(key), name


def in_stroke_order(names: list[str], ranks: Mapping[str, int], method: Method = "surname") -> list[str]:
    """The names in the order of a public list; it does not depend on the order they come in."""
    return sorted(names, key=lambda name: stroke_key(name, ranks, method))
