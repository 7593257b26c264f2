"""A filled nomination in the order of its forms: boxes, ticked conditions, long texts, rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gongjiang.models import Case
from gongjiang.rules.programmes.schema.material import Block, Form
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.nominations.shown import shown
from gongjiang.services.people.sealing import masked
from gongjiang.services.programmes.programme import Programme

#: Text longer than this stands in a block of its own; a label longer than that above its value.
LONG_TEXT, LONG_LABEL = 60, 9


@dataclass(frozen=True)
class Line:
    """A label with its value, as the form has them."""

    label: str
    value: str

    @property
    def asks(self) -> bool:
        """Is the label a question rather than a word?"""
        return len(self.label) > LONG_LABEL


@dataclass(frozen=True)
class RowsShown:
    """Rows of a group with their headings; each row with its id and cells."""

    group: str
    label: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass
class Part:
    """One part of the page: what a block of a form holds."""

    title: str
    lines: list[Line] = field(default_factory=list)
    texts: list[Line] = field(default_factory=list)
    tables: list[RowsShown] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Nothing was filled in here."""
        return not (self.lines or self.texts or self.tables)


def reading(programme: Programme, case: Case) -> tuple[Part, ...]:
    """The form as an officer reads it: in the order of the annexes, blanks left out, numbers masked."""
    page = _Page(programme, case)
    for form in _forms(programme, case):
        for block in form.blocks:
            page.take(block)
    page.rest()
    return tuple(one for one in page.parts if not one.empty)


def _forms(programme: Programme, case: Case) -> Sequence[Form]:
    """Forms of the case's way in, the official ones first."""
    wanted = next(
        (
            route.forms
            for stage in programme.stages
            for route in getattr(stage, "routes", ())
            if route.id == case.route and route.forms
        ),
        (),
    )
    named = [one for one in programme.pack.forms if one.list is None and (not wanted or one.id in wanted)]
    return sorted(named, key=lambda one: not one.heading)


class _Page:
    """Collects parts block by block; each field is shown once, where it comes first."""

    def __init__(self, programme: Programme, case: Case) -> None:
        self.programme, self.case = programme, case
        self.values = masked(case.values, programme.pack.vocabulary)
        self.fields = programme.fields_of(case.award)
        self.seen: set[str] = set()
        self.parts: list[Part] = [Part("基本情况")]

    def take(self, block: Block) -> None:
        """What one block holds, under a heading of its own where it has a label."""
        if block.type == "grid":
            part = self._part(block.label)
            for row in block.rows:
                for item in row:
                    self._line(part, *_named(item))
        elif block.type == "checks":
            for item in block.items:
                part = self._part(str(item.get("title", "")) if isinstance(item, dict) else "")
                for name in item.get("fields", ()) if isinstance(item, dict) else ():
                    self._line(part, str(name), "")
        elif block.type == "text" and block.field:
            part = self._part(block.label)
            part.texts += self._text(block.field)
        elif block.type == "rows" and block.field:
            columns = (*(block.columns or ()), *block.supplement_columns)
            self._rows(block.field, block.label, tuple(str(one) for one in columns))

    def rest(self) -> None:
        """Whatever is filled in that no form of this way in asks for."""
        part = self._part("其他")
        for name, spec in self.fields.items():
            if name not in self.programme.pack.vocabulary.groups and spec.type not in {"rows", "file", "photo"}:
                self._line(part, name, "")
        for name in (*self.programme.relations_of(self.case.award), *self.programme.pack.vocabulary.groups):
            self._rows(name, "", ())

    def _part(self, title: str) -> Part:
        if title:
            self.parts.append(Part(title))
        return self.parts[-1] if title else self.parts[0]

    def _value(self, name: str) -> tuple[FieldSpec, str] | None:
        spec = self.fields.get(name)
        if spec is None or name in self.seen or is_blank(self.values.get(name)):
            return None
        self.seen.add(name)
        return spec, shown(self.programme, spec, self.values[name])

    def _line(self, part: Part, name: str, label: str) -> None:
        found = self._value(name)
        if found is not None:
            line = Line(label or found[0].shown, found[1])
            (part.texts if len(line.value) > LONG_TEXT else part.lines).append(line)

    def _text(self, name: str) -> list[Line]:
        found = self._value(name)
        return [] if found is None else [Line("", found[1])]

    def _rows(self, name: str, label: str, columns: tuple[str, ...]) -> None:
        rows: Any = self.values.get(name)
        rows = [rows] if isinstance(rows, dict) and rows else rows
        if name in self.seen or not rows:
            return
        self.seen.add(name)
        title = label or self.programme.pack.vocabulary.rows_label(name)
        self.parts.append(Part(title, tables=[_table(self.programme, name, title, rows, columns)]))


def _named(item: str | Mapping[str, Any]) -> tuple[str, str]:
    if isinstance(item, str):
        return item, ""
    return str(item.get("field") or item.get("case") or ""), str(item.get("label", ""))


def _table(
    programme: Programme, name: str, label: str, rows: Sequence[Mapping[str, Any]], wanted: tuple[str, ...]
) -> RowsShown:
    known = programme.pack.vocabulary.columns(name)
    named = {one: known[one] for one in wanted if one in known} or known
    columns = {
        key: spec
        for key, spec in named.items()
        if spec.type not in {"file", "photo", "rows"} and any(not is_blank(row.get(key)) for row in rows)
    }
    body = tuple((str(row.get("id", "")), tuple(_cells(programme, columns, row))) for row in rows)
    return RowsShown(name, label, tuple(spec.shown for spec in columns.values()), body)


def _cells(programme: Programme, columns: Mapping[str, FieldSpec], row: Mapping[str, Any]) -> list[str]:
    return [
        "至今" if key == "to" and is_blank(row.get(key)) else shown(programme, spec, row.get(key), "YYYY.M")
        for key, spec in columns.items()
    ]
