"""A nomination as a blind panel reads it: answers that tell who this is left out, their words covered in the rest."""

import copy
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongjiang.models import Case
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.rules.scoring.blind import Piece, Veil, tells_who, words_of_person, words_of_unit
from gongjiang.services.formality.reading import Line, Part, RowsShown, reading
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

#: Said where an answer of a row is left out.
HIDDEN = "（已隐去）"


@dataclass(frozen=True)
class Place:
    """A text in which words were covered: where it stands, and its stretches."""

    where: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class BlindView:
    """What judges read, and for the officer where words were covered. `digest` is of everything they read."""

    parts: tuple[Part, ...]
    places: tuple[Place, ...]
    digest: str
    veil: Veil


def view_of(programme: Programme, case: Case, more: Sequence[str] = ()) -> BlindView:
    """The case as judges read it; `more`: words an officer added. It comes with subject, units and parties."""
    return _View(programme, case, more).read()


class _View:
    def __init__(self, programme: Programme, case: Case, more: Sequence[str]) -> None:
        self.programme, self.case = programme, case
        self.fields = programme.fields_of(case.award)
        pack = programme.pack
        self.pii = {one.id: one.pii for one in (*pack.catalogue.fields, *pack.fields)}
        self.words: set[str] = {one for one in more if one}
        self.places: list[Place] = []

    def read(self) -> BlindView:
        """Leave out, gather words, cover them."""
        bare = copy.copy(self.case)
        bare.values = self._without(opened(self.case.values, self.programme.pack.vocabulary))
        self._units_and_people()
        veil = Veil(self.words)
        parts = tuple(self._part(one, veil) for one in reading(self.programme, bare))
        text = json.dumps([_plain(one) for one in parts], ensure_ascii=False)
        digest = hashlib.sha256(f"{text}\n{sorted(veil.words)}".encode()).hexdigest()
        return BlindView(parts, tuple(self.places), digest, veil)

    def _units_and_people(self) -> None:
        case = self.case
        people = [case.title, case.subject.name if case.subject is not None else ""]
        units = [case.applying_unit, case.nominator, *(one.organisation for one in case.parties.all())]
        for name in people:
            self.words |= words_of_person(name) | words_of_unit(name) if name else set()
        for unit in units:
            self.words |= words_of_unit(unit.name) | words_of_unit(unit.short_name)
        self.words.add(case.number)

    def _without(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Values without those that tell who this is; their words are gathered."""
        groups = {*self.programme.pack.vocabulary.groups, *self.programme.relations_of(self.case.award)}
        found: dict[str, Any] = {}
        for name, value in values.items():
            spec = self.fields.get(name)
            if name in groups or (isinstance(value, list) and value and isinstance(value[0], dict)):
                columns = self.programme.pack.vocabulary.columns(name)
                rows = value if isinstance(value, list) else [value]
                found[name] = [self._row(columns, one) for one in rows if isinstance(one, dict)]
            elif spec is None or tells_who(name, spec.label, spec.type, self.pii.get(name, "none")):
                self._gather(name, spec, value)
            else:
                found[name] = value
        return found

    def _row(self, columns: Mapping[str, FieldSpec], row: Mapping[str, Any]) -> dict[str, Any]:
        done: dict[str, Any] = {}
        for name, value in row.items():
            spec = columns.get(name) or self.fields.get(name)
            if name != "id" and value and (spec is None or tells_who(name, spec.label, spec.type)):
                self._gather(name, spec, value)
                done[name] = HIDDEN if spec is None or spec.type in {"text", "any", "id_number", "mobile"} else None
            else:
                done[name] = value
        return done

    def _gather(self, name: str, spec: FieldSpec | None, value: Any) -> None:
        if not isinstance(value, str) or len(value) > 60:
            return
        label = spec.label if spec is not None else ""
        if spec is not None and spec.type in {"id_number", "mobile"}:
            self.words.add(value)
        elif "姓名" in label or name == "name":
            self.words |= words_of_person(value)
        elif spec is None or spec.type in {"text", "any"}:
            self.words |= words_of_unit(value)

    def _part(self, part: Part, veil: Veil) -> Part:
        return Part(
            part.title,
            [self._line(part, one, veil) for one in part.lines],
            [self._line(part, one, veil) for one in part.texts],
            [self._table(one, veil) for one in part.tables],
        )

    def _line(self, part: Part, line: Line, veil: Veil) -> Line:
        return Line(line.label, self._covered(line.label or part.title, line.value, veil))

    def _table(self, table: RowsShown, veil: Veil) -> RowsShown:
        rows = tuple(
            (key, tuple(self._covered(f"{table.label}第{n}行", one, veil) for one in cells))
            for n, (key, cells) in enumerate(table.rows, 1)
        )
        return RowsShown(table.group, table.label, table.header, rows)

    def _covered(self, where: str, text: str, veil: Veil) -> str:
        pieces = veil.pieces(text)
        if any(one.hidden for one in pieces):
            self.places.append(Place(where, pieces))
        return veil.covered(text)


def _plain(part: Part) -> list[Any]:
    return [part.title, *(list(one) for one in _cells(part))]


def _cells(part: Part) -> Iterator[tuple[str, ...]]:
    for line in (*part.lines, *part.texts):
        yield line.label, line.value
    for table in part.tables:
        yield table.label, *table.header
        for _, cells in table.rows:
            yield cells
