"""A sheet checked column by column: each different text of a column is read once, by the rules of its field."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any
from unicodedata import is_normalized

from django.utils import timezone

from gongjiang.documents.xlsx import SheetColumns
from gongjiang.kernel import identity_number, names, phone
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import check_length, surely_clean
from gongjiang.models import Organisation
from gongjiang.rules.nominations.sheet_text import typed
from gongjiang.rules.nominations.values import MOST_CHARACTERS, is_persons_name, read_field
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary
from gongjiang.services.programmes.programme import Programme

_COMMA = re.compile("[,，]")


@dataclass(frozen=True)
class Column:
    """A column of a sheet: a field of the form (`spec`), or parts of the row at `place` of a row group, joined.

    `form`: how its dates are written; `limit`: 字 at most. A column that is only shown (a running number) has none.
    """

    heading: str
    name: str = ""
    spec: FieldSpec | None = None
    form: str = ""
    limit: int | None = None
    parts: tuple[str, ...] = ()
    place: int = 0


@dataclass(frozen=True)
class Wrong:
    """Something to mend in the workbook: where (第3行 H列（身份证号）), and what. `row` and `heading` name the cell;
    a row as a whole has no heading; `sheet` is named where it isn't the main one."""

    place: str
    text: str
    row: int = 0
    heading: str = ""
    sheet: str = ""

    def __str__(self) -> str:
        return f"{self.place}：{self.text}"


@dataclass(frozen=True)
class Asking:
    """What cells are read by: the pack's words, the day, the unit whose sheet it is."""

    words: Vocabulary
    on: date
    unit: Organisation


@dataclass(frozen=True)
class Checked:
    """A sheet as read: by heading what each text says (one that isn't there is wrong, or blank), cells that held a
    number where that matters, and all that is wrong.

    Columns of mere text are `plain`: nothing but their length can be wrong with them, so they are read when needed.
    """

    asking: Asking
    read: dict[str, dict[str, Any]]
    numbers: dict[tuple[int, str], Any]
    plain: frozenset[str]
    wrong: tuple[Wrong, ...]

    def value(self, column: Column, at: int, text: str) -> Any:
        """What the cell of a row says; None if it is blank or wrong."""
        if not text:
            return None
        if self.numbers and (at, column.heading) in self.numbers:
            return self.numbers[at, column.heading]
        known = self.read[column.heading]
        if text not in known and column.heading in self.plain:
            known[text], _ = cell_value(self.asking, column, text)
        return known.get(text)

    def many(self, column: Column, places: Sequence[int], texts: Sequence[str]) -> list[Any]:
        """`value` for the rows at `places`, in which nothing is wrong."""
        said = itemgetter(*places)(texts) if len(places) > 1 else [texts[at] for at in places]
        if column.heading in self.plain and surely_clean(said):
            if column.parts:
                return [_taken_apart(column, one) if one else None for one in said]
            return [one or None for one in said] if "" in said else list(said)
        known = self.read[column.heading]
        if column.heading in self.plain:
            for text in set(said) - known.keys() - {""}:
                known[text], _ = cell_value(self.asking, column, text)
        if any(heading == column.heading for _, heading in self.numbers):
            return [self.value(column, at, text) for at, text in zip(places, said, strict=True)]
        return list(map(known.get, said))


def check_columns(
    programme: Programme, columns: Sequence[Column], unit: Organisation, sheet: SheetColumns, at: datetime
) -> Checked:
    """Every cell that says something, by the type and limit of its field; blank cells say nothing."""
    asking = Asking(programme.pack.vocabulary, timezone.localtime(at).date(), unit)
    found = Checked(asking, {}, {}, frozenset(), ())
    plain: set[str] = set()
    wrong: list[Wrong] = []
    for column in columns:
        texts = sheet.texts.get(column.heading)
        if texts is None or not column.name:
            continue
        found.read[column.heading] = {}
        mere = _mere_text(asking, column) and max(map(len, texts), default=0) <= MOST_CHARACTERS
        if mere:
            plain.add(column.heading)
            if column.limit is None:
                continue
        _column(found, column, sheet, wrong, mere=mere)
    spoiled = {(one.row, one.header) for one in sheet.problems}
    wrong = [one for one in wrong if (one.row, one.heading) not in spoiled]
    wrong += [
        Wrong(f"第{one.row}行 {one.column}列（{one.header}）", one.message, one.row, one.header)
        for one in sheet.problems
    ]
    wrong.sort(key=lambda one: one.row)
    return Checked(asking, found.read, found.numbers, frozenset(plain), tuple(wrong))


def _mere_text(asking: Asking, column: Column) -> bool:
    """Is a cell of this column just words?"""
    if column.parts:
        specs = asking.words.groups[column.name]
        return all(specs[one].type == "text" for one in column.parts)
    return column.spec is not None and column.spec.type == "text" and not is_persons_name(column.spec)


def _column(found: Checked, column: Column, sheet: SheetColumns, wrong: list[Wrong], *, mere: bool) -> None:
    """Each different text of a column read once; of mere text with a limit only what may be too long."""
    texts, heading, limit = sheet.texts[column.heading], column.heading, column.limit
    read, told = found.read[heading], dict[str, list[str]]()
    if mere and limit is not None:  # there are as many 字 as characters at most: only longer texts are counted
        short = max(map(len, texts), default=0) <= limit and is_normalized("NFC", "".join(texts))
        different = set() if short else {one for one in texts if len(one) > limit or not is_normalized("NFC", one)}
    else:
        different = set(texts) - {""}
        right = _surely_right(found.asking, column, different)
        read.update(zip(right, right, strict=True))
        different -= right
    for text in different:
        value, problems = cell_value(found.asking, column, text)
        if problems:
            told[text] = problems
        else:
            read[text] = value
    counted = _counted(column, sheet)
    for at in counted:
        found.numbers[at, heading], problems = cell_value(found.asking, column, texts[at], number=True)
        wrong += [Wrong(sheet.where(at, heading), one, sheet.numbers[at], heading) for one in problems]
    if told:
        for at, text in enumerate(texts):
            if text in told and at not in counted:
                where = sheet.where(at, heading)
                wrong += [Wrong(where, one, sheet.numbers[at], heading) for one in told[text]]


def _surely_right(asking: Asking, column: Column, different: set[str]) -> set[str]:
    """Texts that say just what they are, found together."""
    if column.spec is None:
        return set()
    if is_persons_name(column.spec):
        return {one for one in names.surely_right(different) if column.limit is None or len(one) <= column.limit}
    if column.limit is not None:
        return set()
    kind = column.spec.type
    if kind == "id_number":
        return identity_number.surely_right(tuple(different), on=asking.on)
    return phone.surely_right(different) if kind == "mobile" else set()


def _counted(column: Column, sheet: SheetColumns) -> set[int]:
    """Rows whose cell held a number where a number may count days."""
    if column.spec is None or column.spec.type not in {"month", "date"} or not sheet.kinds:
        return set()
    return {at for (at, heading), kind in sheet.kinds.items() if heading == column.heading and kind == "number"}


def cell_value(asking: Asking, column: Column, text: str, *, number: bool = False) -> tuple[Any, list[str]]:
    """What one cell says (None if that is wrong), and what is wrong with it."""
    if column.parts:
        return _joined(asking, column, text)
    if column.spec is None:
        unit = asking.unit
        if column.name == "nominator" and text not in {unit.name, unit.short_name}:
            return None, [f"推荐单位是“{text}”，不是{unit.name}。"]
        return None, []
    try:
        said = typed(column.spec, text, asking.words, number=number)
        value = read_field(column.spec, said, asking.words, on=asking.on, strict=True)
    except BadInput as problem:
        return None, [problem.text]
    if column.limit is not None:
        decision = check_length(text, column.limit, label=column.heading)
        if not decision.allowed:
            return None, [one.text for one in decision.reasons]
    return value, []


def _joined(asking: Asking, column: Column, text: str) -> tuple[Any, list[str]]:
    """姓名，单位，职务 taken apart at the first commas; what is left stays in the last part."""
    specs, found, problems = asking.words.groups[column.name], {}, []
    for name, part in _taken_apart(column, text).items():
        try:
            found[name] = read_field(specs[name], part, asking.words, on=asking.on, strict=True)
        except BadInput as problem:
            problems.append(problem.text)
    return (None if problems else found), problems


def _taken_apart(column: Column, text: str) -> dict[str, str]:
    """The texts of the parts by name; a part that isn't there is left out."""
    most = len(column.parts) - 1
    said = _COMMA.split(text, maxsplit=most) if "," in text else text.split("，", most)
    return dict(zip(column.parts, map(str.strip, said), strict=False))
