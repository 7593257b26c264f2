"""Cases written as rows of a sheet: each value as people read it, in the order of the columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from typing import Any

from gongjiang.kernel.collection import uncollected
from gongjiang.models import Case, Organisation
from gongjiang.rules.people.age import age_by_number
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.facts import Facts, rows_of
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.nominations.facts import case_facts
from gongjiang.services.nominations.sheet_columns import Column
from gongjiang.services.nominations.shown import computed_text, shown
from gongjiang.services.people.sealing import opened_many
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import as_of

#: Between the parts of a joined cell: 姓名，单位，职务.
JOINT = "，"
#: How many cases are written at a time.
CHUNK = 500


@dataclass(slots=True)
class Listed:
    """As much of a case as a sheet needs that names nobody but who puts it forward."""

    number: str
    values: Mapping[str, Any]
    nominator: Organisation


@dataclass(slots=True)
class Written:
    """A case as its row is written: where it stands in the list, and its values in clear."""

    number: int
    case: Any
    values: Mapping[str, Any]


Cell = Callable[[Written], str | int]
Cells = Callable[[Sequence[Written]], Sequence[str | int]]


class CellWriter:
    """Rows of a sheet with these columns. Asks the database for nothing but what `cases` bring along: their nominator,
    and parties only where a column names one."""

    def __init__(self, programme: Programme, columns: Sequence[Column]) -> None:
        self._programme = programme
        self._cells = [self._column(one) for one in columns]

    def rows(self, cases: Iterable[Case | Listed]) -> Iterator[Sequence[str | int]]:
        """A row for each case, numbered from 1."""
        number, waiting = 0, iter(cases)
        while chunk := list(islice(waiting, CHUNK)):
            yield from self._chunk(chunk, number)
            number += len(chunk)

    def row(self, case: Case, values: Mapping[str, Any]) -> list[str | int]:
        """One case whose values are in clear already."""
        written = [Written(0, case, values)]
        return [cells(written)[0] for cells in self._cells]

    @uncollected()
    def _chunk(self, cases: Sequence[Case | Listed], before: int) -> list[tuple[str | int, ...]]:
        """Written column by column."""
        opened = opened_many((one.values for one in cases), self._programme.pack.vocabulary)
        written = list(map(Written, count(before + 1), cases, opened))
        return list(zip(*(cells(written) for cells in self._cells), strict=True))

    def _column(self, column: Column) -> Cells:
        cell = self._cell(column)
        if column.spec is None or not _plain(column.spec):
            return lambda some: [cell(one) for one in some]

        def cells(some: Sequence[Written]) -> Sequence[str | int]:
            name = column.name
            said = [one.values.get(name) for one in some]
            return [text if text.__class__ is str and text else cell(one) for one, text in zip(some, said, strict=True)]

        return cells

    def _cell(self, column: Column) -> Cell:
        if not column.name:
            return lambda one: one.number
        if column.parts:
            return lambda one: _joined(column, one.values.get(column.name) or [])
        if column.spec is None:
            return self._of_case(column.name)
        return self._field(column)

    def _of_case(self, name: str) -> Cell:
        if name == "nominator":
            return lambda one: one.case.nominator.short_name
        return lambda one: str(case_facts(self._programme, one.case).get(name) or "")

    def _field(self, column: Column) -> Cell:
        spec, name, programme = column.spec, column.name, self._programme
        assert spec is not None
        known: dict[str, str] = {}

        def cell(one: Written) -> str:
            value = one.values.get(name)
            if value.__class__ is str and value:
                if value not in known:
                    known[value] = shown(programme, spec, value, column.form)
                return known[value]
            told = shown(programme, spec, value, column.form)
            return told or (computed_text(spec, self._derived(one)) if spec.derived else "")

        return cell

    def _derived(self, one: Written) -> Facts:
        """What the case's own rows tell: enough for fields that are computed from them."""
        words, day = self._programme.pack.vocabulary, as_of(self._programme)
        plain = {name: value for name, value in one.values.items() if not isinstance(value, list | dict)}
        age = age_by_number(plain.get("birth"), plain.get("id_number"), day)
        ages = (
            {}
            if age is None
            else {spec.id: age for spec in words.fields.values() if spec.derived == "full_years_since_birth"}
        )
        groups = {
            name: rows_of(name, value)
            for name, value in one.values.items()
            if isinstance(value, list) and name in words.groups
        }
        params = dict(self._programme.params)
        return fill_derived(Facts(words, params=params, as_of=day, subject=plain | ages, rows=groups))


def _plain(spec: FieldSpec) -> bool:
    """Is a value of this kind shown just as it is kept?"""
    return spec.type in {"text", "number", "int", "id_number", "mobile"} and not spec.options and not spec.codes


def _joined(column: Column, rows: Sequence[Mapping[str, Any]]) -> str:
    """姓名，单位，职务 of one row of a group."""
    parts = rows[column.place] if column.place < len(rows) else {}
    return JOINT.join(str(parts.get(one) or "") for one in column.parts).strip(JOINT) if parts else ""
