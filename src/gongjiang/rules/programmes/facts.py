"""What is known about one case when its rules are asked: plain frozen data, read by path.

A blank is unknown while drafting. After submission an unticked box, an unfilled yes/no with a detail and an absent
row are "not claimed"; a blank plain field stays unknown unless its field says `blank: none`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final, Protocol

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import UNKNOWN, Truth, Unknown
from gongjiang.rules.programmes.explain import Verdict
from gongjiang.rules.programmes.values import NONE, Days, NotAmong, Ticks, Value, is_blank, read_value
from gongjiang.rules.programmes.vocabulary import REGISTRY, FieldSpec, Table, Vocabulary

ANY_PROGRAMME: Final = "*"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a group, relation or registry. `unseen`: stands for rows that may exist; its gaps are unknown.

    `ask`: an unseen row that is there, but may be about somebody else: what has to be settled, in words.
    """

    id: str
    values: Mapping[str, Any] = field(default_factory=dict)
    unseen: bool = False
    ask: str = ""


@dataclass(frozen=True, slots=True)
class FactPath:
    """Where a value stands. `at`: subject, relation, row or case; `via`: the relation or the row's group."""

    at: str
    key: str
    spec: FieldSpec
    via: str = ""

    @property
    def name(self) -> str:
        """As a pack writes it, with the group before a column (`contests.rank`)."""
        if self.at == "case":
            return f"case.{self.key}"
        return f"{self.via}.{self.key}" if self.via else self.key


@dataclass(frozen=True, slots=True)
class Mentor:
    """Who stands as mentor of whom the case is about; `user_id`: their account, if they have one."""

    name: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class RowSet:
    """Rows that are there, and kinds of rows of which any number may exist besides."""

    rows: tuple[Row, ...]
    unseen: tuple[Row, ...] = ()


class Checkable(Protocol):
    """A rule as another rule sees it."""

    def holds(self, facts: "Facts") -> Verdict:
        """Does it apply and hold?"""
        ...

    def aim(self, draft: Any, want: bool) -> Iterator[Any]:
        """Invented cases in which it applies and holds (or certainly doesn't)."""
        ...


@dataclass(frozen=True)
class Facts:
    """Everything rules may read about one case.

    subject, relations (to one), case: raw values by id. rows: by group or relation to several; a group that is not
    there is blank. registry: earlier honours (unseen ones: of people who may be this one); covers: programme to
    the day since when the registry is complete
    (None: always; `*`: every programme that is not named). judgements: by (question, about), about being '' for the
    case or edition, the row's id, the unit's name or the value of `each`. opinions: by (sheet, party). documents:
    files handed in. params: overrides of the pack's values. granted: exceptions granted on record.
    reasoned: soft rules with a recorded reason, and whether it was accepted. mentors: by kind, those that stand.
    """

    words: Vocabulary = field(default_factory=Vocabulary)
    subject: Mapping[str, Any] = field(default_factory=dict)
    relations: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    rows: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    registry: tuple[Row, ...] = ()
    covers: Mapping[str, date | None] = field(default_factory=dict)
    case: Mapping[str, Any] = field(default_factory=dict)
    judgements: Mapping[tuple[str, str], Any] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)
    opinions: Mapping[tuple[str, str], str] = field(default_factory=dict)
    scores: Mapping[str, Interval] = field(default_factory=dict)
    params: Mapping[str, Any] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    rules: Mapping[str, Checkable] = field(default_factory=dict)
    granted: frozenset[str] = frozenset()
    reasoned: Mapping[str, bool] = field(default_factory=dict)
    mentors: Mapping[str, Mentor] = field(default_factory=dict)
    as_of: date | None = None
    submitted: bool = False

    def value(self, path: FactPath, row: Row | None = None) -> Value:
        """The value at a path; `row` is the row we stand in, if any."""
        if path.at == "case":
            return self._case(path)
        if path.at == "row":
            return self._column(path, row)
        holder = self.subject if path.at == "subject" else self.relations.get(path.via)
        if holder is None:
            return UNKNOWN
        return self._read(holder.get(path.key), path.spec, self.submitted)

    def filled(self, path: FactPath, row: Row | None = None) -> Truth:
        """Was something filled in at a path? Unknown while drafting; a blank is a blank after submission."""
        holder: Mapping[str, Any] | None
        if path.at == "row":
            if row is None or (row.unseen and path.key not in row.values):
                return Truth.UNKNOWN
            holder = row.values
        elif path.at == "relation":
            holder = self.relations.get(path.via)
        else:
            holder = self.case if path.at == "case" else self.subject
        if holder is None or (path.at == "case" and path.key not in holder):
            return Truth.UNKNOWN
        if not is_blank(holder.get(path.key)):
            return Truth.TRUE
        return Truth.FALSE if self.submitted or path.via == REGISTRY else Truth.UNKNOWN

    def row_set(self, group: str) -> RowSet:
        """Rows of a group, a relation to several, or the registry, with what may be missing."""
        if group == REGISTRY:
            seen = tuple(one for one in self.registry if not one.unseen)
            alike = tuple(one for one in self.registry if one.unseen)
            return RowSet(seen, (*alike, *self._uncovered()))
        found = self.rows.get(group, ())
        if found or (self.submitted and group not in self.words.relations):
            return RowSet(found)
        return RowSet((), (Row("", unseen=True),))

    def param(self, name: str) -> Any:
        """The raw value of a param, UNKNOWN until it is known."""
        given = self.params.get(name)
        if given is None and name in self.words.params:
            spec = self.words.params[name]
            given = self.judgements.get((spec.judged, "")) if spec.judged else spec.value
        return UNKNOWN if given is None else given

    def table(self, name: str) -> Table | None:
        """A table as this edition has it."""
        return self.tables.get(name) or self.words.tables.get(name)

    def _column(self, path: FactPath, row: Row | None) -> Value:
        if row is None:
            return UNKNOWN
        if row.unseen and path.key not in row.values:
            return UNKNOWN
        return self._read(row.values.get(path.key), path.spec, self.submitted or path.via == REGISTRY)

    def _case(self, path: FactPath) -> Value:
        if path.key not in self.case:
            return UNKNOWN
        raw = self.case[path.key]
        return NONE if is_blank(raw) else read_value(raw, path.spec)

    def _read(self, raw: Any, spec: FieldSpec, submitted: bool) -> Value:
        if is_blank(raw):
            return _blank(spec) if submitted else UNKNOWN
        value = read_value(raw, spec)
        if isinstance(value, Ticks) and spec.multi and not submitted:
            return Ticks(value.codes, closed=False)
        return value

    def _uncovered(self) -> Iterable[Row]:
        """Rows that may exist outside what the registry covers."""
        named = {one: since for one, since in self.covers.items() if one != ANY_PROGRAMME}
        for programme, since in named.items():
            if since is not None:
                yield Row("", {"programme": programme, "date": _before(since)}, unseen=True)
        others: dict[str, Any] = {"programme": NotAmong(frozenset(named))}
        if ANY_PROGRAMME not in self.covers:
            yield Row("", others, unseen=True)
        elif (since := self.covers[ANY_PROGRAMME]) is not None:
            yield Row("", others | {"date": _before(since)}, unseen=True)


def rows_of(group: str, values: Iterable[Mapping[str, Any]]) -> tuple[Row, ...]:
    """Rows from plain mappings; an `id` among the values is taken, else they are numbered."""
    return tuple(Row(str(one.get("id", f"{group}-{n}")), one) for n, one in enumerate(values, 1))


def known(value: Value) -> bool:
    """Is it anything but unknown?"""
    return not isinstance(value, Unknown)


def _blank(spec: FieldSpec) -> Value:
    """What an empty field means once submitted."""
    if spec.type == "yes_no" and (spec.detail or spec.blank == "none"):
        return False
    if spec.type == "checks" or spec.blank == "none":
        return NONE
    return UNKNOWN


def _before(since: date) -> Days:
    return Days(date.min, since - timedelta(days=1))
