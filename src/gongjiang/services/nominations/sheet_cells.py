"""Cases written as rows of a sheet: each value as people read it, in the order of the columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongjiang.models import Case
from gongjiang.rules.people.age import age_by_number
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.facts import Facts, rows_of
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
Cell = Callable[["Written"], str | int]


@dataclass(frozen=True, slots=True)
class Written:
    """A case as its row is written: where it stands in the list, and its values in clear."""

    number: int
    case: Case
    values: Mapping[str, Any]


class CellWriter:
    """Rows of a sheet with these columns. Asks the database for nothing but what `cases` bring along: their nominator,
    and parties only where a column names one."""

    def __init__(self, programme: Programme, columns: Sequence[Column]) -> None:
        self._programme = programme
        self._cells = [self._cell(one) for one in columns]

    def rows(self, cases: Iterable[Case]) -> Iterator[list[str | int]]:
        """A row for each case, numbered from 1."""
        number, chunk = 0, list[Case]()
        for case in cases:
            chunk.append(case)
            if len(chunk) == CHUNK:
                yield from self._chunk(chunk, number)
                number, chunk = number + len(chunk), []
        yield from self._chunk(chunk, number)

    def row(self, case: Case, values: Mapping[str, Any]) -> list[str | int]:
        """One case whose values are in clear already."""
        written = Written(0, case, values)
        return [cell(written) for cell in self._cells]

    def _chunk(self, cases: list[Case], before: int) -> Iterator[list[str | int]]:
        opened = opened_many((one.values for one in cases), self._programme.pack.vocabulary)
        for number, (case, values) in enumerate(zip(cases, opened, strict=True), before + 1):
            written = Written(number, case, values)
            yield [cell(written) for cell in self._cells]

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
        plain = spec.type in {"text", "number", "int", "id_number", "mobile"} and not spec.options and not spec.codes
        known: dict[str, str] = {}

        def cell(one: Written) -> str:
            value = one.values.get(name)
            if value.__class__ is str and value:
                if plain:
                    return str(value)
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


def _joined(column: Column, rows: Sequence[Mapping[str, Any]]) -> str:
    """姓名，单位，职务 of one row of a group."""
    parts = rows[column.place] if column.place < len(rows) else {}
    return JOINT.join(str(parts.get(one) or "") for one in column.parts).strip(JOINT) if parts else ""
