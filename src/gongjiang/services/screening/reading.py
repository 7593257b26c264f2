"""A people file for the rules of a pack: the table of people, their rows, and what has to be mended."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

import polars as pl

from gongjiang.documents.xlsx.findings import SERIAL, plain
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.nominations.form_plan_fields import field_book
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import did_you_mean
from gongjiang.rules.programmes.vector.raw import distinct
from gongjiang.services.screening.cells import read_cell, series_of
from gongjiang.services.screening.detail import Details
from gongjiang.services.screening.headings import KEYS, Meaning, bare, group_of, key_of, meanings
from gongjiang.services.screening.sheets import Problem, Sheet, open_people

_SHOWN: Final = 20


@dataclass
class PeopleFile:
    """What was read. `rows`: the row in the file of each person; `names`: how they are called; `left`: row and name
    of whoever was left out."""

    table: pl.DataFrame
    groups: dict[str, pl.DataFrame]
    rows: list[int]
    names: list[str]
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    total: int = 0
    left: list[tuple[int, str]] = field(default_factory=list)


def read_people(data: bytes, pack: Pack, on: date, award: str = "") -> PeopleFile:
    """People of a workbook, CSV or Parquet file. Rows with problems are left out and told, the rest is done.

    `on`: the day that dates in numbers of persons may not be after; `award`: what all are put forward for, where no
    column says it. Raises BadInput for a file without people and for an award that the pack hasn't.
    """
    award = _award(pack, award)
    known, words = meanings(pack), pack.vocabulary
    sheets = open_people(data, {*known, *KEYS})
    main = max(sheets, key=lambda one: (group_of(words, one.name) is None, _known(one, known)), default=None)
    if main is None or not _known(main, known):
        seen = "、".join(list(main.columns)[:10]) if main is not None else ""
        raise BadInput(
            f"没有认出任何一列，文件的列名是：{seen}。"
            "列名请用汇总表的表头、字段名称或字段编号（如 姓名、years_in_trade、case.route）。",
            "No known heading: use those of the summary sheet, labels or ids of fields.",
        )
    if not len(main.rows):
        raise BadInput("表里没有人。", "There are no people in the file.")
    reading = _Reading(pack, on, main)
    unused: list[str] = []
    for heading, column in main.columns.items():
        key = key_of(heading, known)
        if key:
            reading.take(heading, known[key], column)
        elif bare(heading) not in (*KEYS, SERIAL, "person"):
            unused.append(heading)
    reading.file_notes += _unused(unused, known)
    for sheet in sheets:
        if sheet is not main:
            group = group_of(words, sheet.name)
            if group is None:
                reading.file_notes.append(f"未使用的工作表：{sheet.name}。")
            else:
                reading.details.sheet(group, sheet, _keys(main))
    reading.put_forward_for(award)
    return reading.finish()


class _Reading:
    """One file in the making."""

    def __init__(self, pack: Pack, on: date, main: Sheet) -> None:
        words = pack.vocabulary
        self.pack, self.words, self.on, self.main = pack, words, on, main
        self.book = field_book(pack, next((one.subject for one in pack.awards), "person"))
        self.size = len(main.rows)
        self.columns: dict[str, pl.Series] = {}
        self.problems = list(main.problems)
        self.file_notes = list(main.notes)
        self.details = Details(words, on, main)

    def take(self, heading: str, meaning: Meaning, column: Sequence[Any] | pl.Series) -> None:
        """One column: of people, or of their rows."""
        if meaning.join:
            self.details.joined(heading, meaning, list(column))
        elif meaning.group:
            self.details.written(heading, meaning, list(column))
        elif meaning.name in self.columns:
            self.file_notes.append(f"“{heading}”与另一列意思相同，未使用。")
        else:
            self.columns[meaning.name] = self._typed(heading, meaning, column)

    def put_forward_for(self, award: str) -> None:
        """Everybody's award, where no column says it."""
        if "case.award" in self.columns:
            return
        if award:
            self.columns["case.award"] = pl.repeat(award, self.size, dtype=pl.String, eager=True)
        elif len(self.pack.awards) > 1:
            labels = "、".join(one.shown for one in self.pack.awards)
            self.file_notes.append(
                f"本项目有{labels}，表里没有“奖项”一列：只对其中某项的规则不知是否适用。可加这一列，或用 --award 说明。"
            )

    def finish(self) -> PeopleFile:
        """Whoever has a problem is left out, with all their rows."""
        groups = self.details.tables()
        problems = sorted(self.problems + self.details.problems, key=lambda one: (one.row, one.column))
        bad = {one.row for one in problems if not one.sheet} | self.details.bad
        problems += self._twice(bad)
        keep = [n for n, row in enumerate(self.main.rows) if row not in bad]
        places = pl.Series(keep, dtype=pl.UInt32)
        table = pl.DataFrame(self.columns).select(pl.all().gather(places)) if self.columns else pl.DataFrame()
        new = pl.DataFrame({"person": places, "new": pl.arange(0, len(keep), dtype=pl.UInt32, eager=True)})
        moved = {
            group: one.join(new, on="person", maintain_order="left").select(
                pl.col("new").alias("person"), pl.all().exclude("person", "new")
            )
            for group, one in groups.items()
        }
        named = self.columns["name"].fill_null("").to_list() if "name" in self.columns else [""] * self.size
        names, rows = [named[n] for n in keep], [self.main.rows[n] for n in keep]
        left = [(row, named[n]) for n, row in enumerate(self.main.rows) if row in bad] if bad else []
        notes = list(dict.fromkeys(self.file_notes + self.details.notes))
        return PeopleFile(table, moved, rows, names, problems, notes, self.size, left)

    def _twice(self, bad: set[int]) -> list[Problem]:
        """The same identity number in two rows: the later one is left out."""
        if "id_number" not in self.columns:
            return []
        first: dict[str, int] = {}
        found = []
        for row, number in zip(self.main.rows, self.columns["id_number"], strict=True):
            if number and row not in bad and first.setdefault(number, row) != row:
                found.append(Problem(row, "", "身份证号", f"与第{first[number]}行是同一人。"))
        bad |= {one.row for one in found}
        return found

    def _sound(self, column: pl.Series, meaning: Meaning) -> bool:
        """Are all numbers, and both ends what a cell may hold? Else each is read, and told by its row."""
        if column.dtype.is_float() and not column.is_finite().all(ignore_nulls=True):
            return False
        try:
            for end in (column.min(), column.max()):
                read_cell(meaning.spec, end, self.words, self.on, self.book.at(meaning.name))
        except (BadInput, ValueError, TypeError):
            return False
        return True

    def _typed(self, heading: str, meaning: Meaning, column: Sequence[Any] | pl.Series) -> pl.Series:
        """Each different cell read once; those that can't be read are told for every row that has them."""
        field = self.book.at(meaning.name)
        if isinstance(column, pl.Series) and column.dtype == pl.Float32:
            column = column.cast(pl.String)  # 9.99 as it is written, not the nearest number of half the digits
        if isinstance(column, pl.Series) and _means_itself(column, meaning) and self._sound(column, meaning):
            return column
        plain_text = not isinstance(column, pl.Series) and all(isinstance(one, str) for one in column)
        kind = pl.String() if plain_text else pl.Object()
        raw = column if isinstance(column, pl.Series) else pl.Series(column, dtype=kind)
        different, places = distinct(raw)
        values, wrong = [], {}
        for n, one in enumerate(different):
            try:
                values.append(read_cell(meaning.spec, one, self.words, self.on, field))
            except (BadInput, ValueError, TypeError) as error:
                values.append(None)
                wrong[n] = error.text if isinstance(error, BadInput) else "内容看不懂。"
        if wrong:
            at = self.main.letters[heading]
            for row, place in zip(self.main.rows, places, strict=True):
                if place in wrong:
                    self.problems.append(Problem(row, at, heading, wrong[place]))
        return series_of(values).gather(places)


def _means_itself(column: pl.Series, meaning: Meaning) -> bool:
    """A typed Parquet column of the field's own type."""
    kinds: Mapping[str, bool] = {
        "number": column.dtype.is_numeric(),
        "int": column.dtype.is_integer(),
        "yes_no": column.dtype == pl.Boolean,
        "date": column.dtype == pl.Date,
    }
    return kinds.get(meaning.spec.type, False)


def _award(pack: Pack, said: str) -> str:
    """Its id; of a pack with one award, that one. '' where it isn't said."""
    known = {name: one.id for one in pack.awards for name in (one.shown, one.id)}
    if said and said not in known:
        hint, english = did_you_mean(said, known)
        text = f"没有“{said}”这个奖项。{hint}本项目有：{'、'.join(one.id for one in pack.awards)}。"
        raise BadInput(text, f"No award '{said}'.{english}", place="--award")
    return known.get(said) or (pack.awards[0].id if len(pack.awards) == 1 else "")


def _unused(headings: Sequence[str], known: Mapping[str, Meaning]) -> Iterator[str]:
    """Columns that say nothing here, with what they may have been meant as."""
    for heading in headings[:_SHOWN]:
        hint, _ = did_you_mean(plain(heading), known)
        yield f"未使用的列：{heading[:40]}。{hint}"
    if len(headings) > _SHOWN:
        yield f"未使用的列还有{len(headings) - _SHOWN}个。"


def _known(sheet: Sheet, known: Mapping[str, Meaning]) -> int:
    return sum(bool(key_of(one, known)) for one in sheet.columns)


def _keys(main: Sheet) -> Mapping[str, Mapping[str, int]]:
    """Persons by each key that the sheet has; a value that two share is no key."""
    found: dict[str, dict[str, int]] = {}
    for heading, column in main.columns.items():
        if plain(heading) not in KEYS:
            continue
        places: dict[str, int] = {}
        shared = set()
        for place, value in enumerate(column):
            word = str(value or "").strip()
            if word in places:
                shared.add(word)
            places.setdefault(word, place)
        found[plain(heading)] = {word: place for word, place in places.items() if word and word not in shared}
    return found
