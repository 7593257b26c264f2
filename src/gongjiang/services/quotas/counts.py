"""Figures of units for the calculator, from a file (单位 and a column a factor) or from fields typed on the page."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from gongjiang.documents.xlsx.findings import plain, why_left_out
from gongjiang.documents.xlsx.rows import ReadCell, letters
from gongjiang.documents.xlsx.source import Raw, open_sheets
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.quotas.allocation import AllocationSpec, FactorSpec
from gongjiang.rules.quotas.reckoning import Counts

UNIT: Final = ("单位", "推荐单位", "省份", "省份/产业/系统", "地区", "名称", "unit")
SEARCHED: Final = 30
LONGEST: Final = 200
#: What people write after the name that a table of places uses.
_TAIL: Final = re.compile(r"(省|市|(壮族|回族|维吾尔)?自治区)?(总工会|工会)?")
_BRACKETS: Final = re.compile(r"[(（\[【].*")


@dataclass
class Figures:
    """What was given: allocation → unit → factor → text as given; `problems` name row and cell."""

    texts: dict[str, dict[str, dict[str, str]]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def put(self, allocation: str, unit: str, factor: str, text: str) -> None:
        """One figure."""
        self.texts.setdefault(allocation, {}).setdefault(unit, {})[factor] = text


def numbers(specs: Sequence[AllocationSpec], texts: Mapping[str, Mapping[str, Mapping[str, str]]]) -> dict[str, Counts]:
    """Texts as exact numbers; texts of factors that are told in words, and what is no number, are left out."""
    found: dict[str, dict[str, dict[str, Fraction]]] = {}
    for spec in specs:
        factors = {one.id: one for one in spec.factors}
        for unit, row in texts.get(spec.id, {}).items():
            for name, text in row.items():
                if name in factors and not factors[name].told and not wrong_with(factors[name], text):
                    found.setdefault(spec.id, {}).setdefault(unit, {})[name] = exact(text)
    return {name: dict(units) for name, units in found.items()}


def wrong_with(factor: FactorSpec, text: str) -> str:
    """Why a text is no figure of this factor; '' if it is one."""
    if factor.told:
        return "" if len(text) <= LONGEST else f"不超过{LONGEST}字"
    try:
        return "" if exact(text) >= 0 else "不能为负"
    except BadInput as error:
        return error.text.rstrip("。")


def read_counts(data: bytes, specs: Sequence[AllocationSpec], known: Sequence[str] = ()) -> Figures:
    """Figures from a workbook or CSV. `known`: units that allocations without rows of their own may have.

    Raises BadInput where no sheet has a column of units and one of a factor.
    """
    found = Figures()
    sheets = [(raw, at, heads) for raw in open_sheets(data) if (at := _heading(raw, specs)) is not None
              for heads in [_heads(raw.rows[at], specs)]]  # fmt: skip
    if not sheets:
        labels = "、".join(dict.fromkeys(f"{one.label}" for spec in specs for one in spec.factors))
        raise BadInput(
            f"没有找到表头：须有“单位”一列和因素各列（{labels}）。", "No header row found.", place="数字文件"
        )
    for raw, at, (unit, columns) in sheets:
        for number, row in enumerate(raw.rows[at + 1 :], at + 2):
            _row(found, specs, known, (number, row, unit, columns))
    return found


Heads = tuple[int, dict[int, list[tuple[AllocationSpec, FactorSpec]]]]


def _heading(raw: Raw, specs: Sequence[AllocationSpec]) -> int | None:
    for at, row in enumerate(raw.rows[:SEARCHED]):
        unit, columns = _heads(row, specs)
        if unit >= 0 and columns:
            return at
    return None


def _heads(row: Sequence[Any], specs: Sequence[AllocationSpec]) -> Heads:
    unit, columns = -1, {}
    for index, value in enumerate(row):
        word = _BRACKETS.sub("", plain(value))
        if unit < 0 and word in UNIT:
            unit = index
        elif word:
            meant = [(spec, one) for spec in specs for one in spec.factors if _names(word, one)]
            if meant:
                columns[index] = meant
    return unit, columns


def _names(word: str, factor: FactorSpec) -> bool:
    label = plain(factor.label)
    return word in (factor.id, label) or (len(word) > 3 and label.endswith(word))


def _row(
    found: Figures,
    specs: Sequence[AllocationSpec],
    known: Sequence[str],
    given: tuple[int, Sequence[Any], int, dict[int, list[tuple[AllocationSpec, FactorSpec]]]],
) -> None:
    number, row, unit, columns = given
    cells = [ReadCell(number, n, "", _text(value), "text") for n, value in enumerate(row)]
    name = _text(row[unit]) if unit < len(row) else ""
    if not name or why_left_out(row, cells):
        return
    mine = [(spec, called) for spec in specs if (called := called_in(spec, name, known)) is not None]
    if not mine:
        found.problems.append(f"第{number}行：没有“{name}”这个单位，未读入。")
        return
    for index, meant in columns.items():
        text = _text(row[index]) if index < len(row) else ""
        for spec, called in mine:
            factor = next((one for other, one in meant if other.id == spec.id), None)
            if factor is None or not text:
                continue
            if wrong := wrong_with(factor, text):
                found.problems.append(f"第{number}行 {letters(index)}列（{factor.label}）：{text}，{wrong}，未读入。")
            else:
                found.put(spec.id, called, factor.id, text)


def called_in(spec: AllocationSpec, name: str, known: Sequence[str] = ()) -> str | None:
    """The unit as the allocation calls it: 北 京, 北京市总工会 → 北京; None for one that it doesn't speak of.

    An allocation without units takes those `known`, or any name where nobody says which there are.
    """
    word = plain(name)
    units = spec.units or tuple(known)
    exactly = next((one for one in units if plain(one) == word), None)
    if exactly is not None or not units:
        return exactly if units else (None if spec.table else name.strip())
    return next(
        (one for one in units if word.startswith(plain(one)) and _TAIL.fullmatch(word[len(plain(one)) :])), None
    )


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).strip().replace(",", "").replace("，", "")
