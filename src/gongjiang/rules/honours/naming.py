"""What a naming document says: its number as it is written, its first words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.succession import doc_number

_SHAPES: Final = (
    re.compile(r"(?P<of>[^〔〕\d]{1,30})〔(?P<year>\d{4})〕第?(?P<n>\d{1,5})号"),
    re.compile(r"(?P<of>[^〔〕\d]{0,30})(?P<year>\d{4})年第?(?P<n>\d{1,5})号"),
)
MANY: Final = 3
"""So many titles are written out in the text; where there are more, the annex tells."""


@dataclass(frozen=True, slots=True)
class Group:
    """Who gets one title, in order. `people`: persons, not teams or units; `trainees`: 培育对象, not named yet."""

    title: str
    names: tuple[str, ...]
    people: bool = True
    trainees: bool = False


def read_number(text: str, year: int) -> str:
    """望工发〔2026〕9号 from whatever brackets were typed. Raises BadInput for what is no number of `year`."""
    plain = doc_number(text)
    found = next((one for shape in _SHAPES if (one := shape.fullmatch(plain))), None)
    if found is None:
        raise BadInput("文号请写成“某工发〔2026〕1号”的样子。", "Write the number as 某工发〔2026〕1号.", place="文号")
    if int(found["year"]) != year:
        raise BadInput(
            f"文号是{found['year']}年的，发文日期在{year}年，请核对。", "Number and date differ in year.", place="文号"
        )
    return plain


def first_words(source: str, groups: Sequence[Group]) -> tuple[str, ...]:
    """The paragraphs that a naming begins and ends with; the office may write its own instead."""
    named = [one for one in groups if one.names]
    if not named:
        return ()
    if len(named) > MANY:
        verb = "确定" if all(one.trainees for one in named) else "命名"
        said = f"决定{verb}{'、'.join(f'“{one.title}”{len(one.names)}名（个）' for one in named)}"
    else:
        said = "，".join(("决定" if n == 0 else "") + _said(one) for n, one in enumerate(named))
    kind = "受到命名的同志" if all(one.people for one in named) else "受到命名的个人和集体"
    if all(one.trainees for one in named):
        kind = "入选的同志" if all(one.people for one in named) else "入选的个人和集体"
    return (
        f"根据{source}，经研究，{said}（名单见附件）。",
        f"希望{kind}珍惜荣誉，再接再厉，弘扬劳模精神、劳动精神、工匠精神，发挥示范带头作用。",
    )


def _said(one: Group) -> str:
    first, many = one.names[0], len(one.names)
    unit = "名同志" if one.people else "个集体"
    who = f"{first}{'同志' if one.people else ''}" if many == 1 else f"{first}等{many}{unit}"
    return f"确定{who}为“{one.title}”" if one.trainees else f"命名{who}为“{one.title}”"
