"""The figures of a report laid out as tables, and what each is called."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongjiang.models import Budget, Organisation, PeriodicReport
from gongjiang.rules.cultivation.kinds import label_of
from gongjiang.rules.funds.money import shown
from gongjiang.rules.honours.targets import LEVELS, level_label
from gongjiang.rules.reports.tables import BY_LEVEL, TABLES, column_of, in_rows

OFFICES = ("t", "w")
"""Tables of what organisations of a level do, not of artisans of a level."""


@dataclass(frozen=True)
class Cell:
    """A number, the figure that it is, how it is written, and what its column is called."""

    n: int
    figure: str
    said: str
    label: str


@dataclass(frozen=True)
class Sheet:
    """A table of figures: the heads of its columns, the rows with their names."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def sheets_of(report: PeriodicReport) -> list[Sheet]:
    """The tables that have rows and anything to count in them. One query."""
    figures: dict[str, int] = report.figures
    names = units_of([figures])
    found = []
    for table, rows in in_rows(figures, list(LEVELS)).items():
        columns = TABLES[table].columns
        made = []
        for row in rows:
            keys = [(f"{table}.{row}.{name}", column.label) for name, column in columns.items()]
            cells = tuple(Cell(figures.get(key, 0), key, said(key, figures.get(key, 0)), label) for key, label in keys)
            made.append((row_label(table, row, names), cells))
        if table == "p" or any(cell.n for _, cells in made for cell in cells):
            heads = (TABLES[table].head, *(one.label for one in columns.values()))
            found.append(Sheet(TABLES[table].title, heads, tuple(made)))
    return found


def units_of(reports: Iterable[Mapping[str, int]]) -> dict[int, str]:
    """Names of the units that figures speak of. One query."""
    ids = {int(key.split(".")[1]) for one in reports for key in one if key.startswith("u.")}
    return {one.pk: one.short_name or one.name for one in Organisation.objects.filter(pk__in=ids)}


def row_label(table: str, row: str, names: Mapping[int, str]) -> str:
    """A row as people call it; `names`: of units."""
    if table == "u":
        return names.get(int(row), row)
    if table == "k":
        return label_of(row)
    if table == "f":
        level, _, purpose = row.partition("-")
        return f"{_office(level)}　{dict(Budget.Purpose.choices).get(purpose, purpose)}"
    if TABLES[table].head == BY_LEVEL:
        return _office(row) if table in OFFICES else level_label(row)
    return row


def figure_label(figure: str, names: Mapping[int, str]) -> str:
    """A figure as people call it: its row and column; blank for no figure."""
    column = column_of(figure)
    if column is None:
        return ""
    table, row, _ = figure.split(".")
    return f"{row_label(table, row, names)}：{column.label}"


def said(figure: str, n: int) -> str:
    """A figure as it is written: money in 元."""
    column = column_of(figure)
    return shown(n) if column is not None and column.money else str(n)


def _office(level: str) -> str:
    return str(dict(Organisation.Level.choices).get(level, level))
