"""Values inside a condition: a literal, `$param`, or `{lookup: table}`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.kernel.truth import UNKNOWN, Unknown
from gongjiang.rules.programmes.conditions.base import Read, Term
from gongjiang.rules.programmes.drafts import Draft, target_of
from gongjiang.rules.programmes.explain import Missing
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.paths import BadCondition, Scope, known_word
from gongjiang.rules.programmes.problems import Path, did_you_mean
from gongjiang.rules.programmes.values import NONE, Nothing, Value, read_value, show
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written in the pack."""

    value: Value
    spec: FieldSpec
    codes: CodeList

    def read(self, facts: Facts, row: Row | None) -> Value:
        """Always the same."""
        return self.value

    def text(self, facts: Facts, row: Row | None) -> str:
        """With the field's unit."""
        return show(self.value, self.spec, self.codes)

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """Never."""
        return ()

    def reads(self) -> frozenset[Read]:
        """Nothing."""
        return frozenset()

    def settle(self, draft: Draft, row: str) -> Iterator[tuple[Draft, Value]]:
        """Always the same."""
        yield draft, self.value


@dataclass(frozen=True, slots=True)
class Param:
    """`$name`: the programme's value, unknown until it is decided."""

    name: str
    spec: FieldSpec
    codes: CodeList

    def read(self, facts: Facts, row: Row | None) -> Value:
        """The edition's value, read as the field it is compared with."""
        raw = facts.param(self.name)
        return UNKNOWN if isinstance(raw, Unknown) else read_value(raw, self.spec)

    def text(self, facts: Facts, row: Row | None) -> str:
        """The value, or the param's name while it is open."""
        value = self.read(facts, row)
        label = facts.words.params[self.name].label or self.name
        return f"“{label}”（待定）" if isinstance(value, Unknown) else show(value, self.spec, self.codes)

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """The param, while it is open; or the judgement that gives it."""
        return param_gap(facts, self.name) if isinstance(self.read(facts, row), Unknown) else ()

    def reads(self) -> frozenset[Read]:
        """The param."""
        return frozenset({Read("param", self.name)})

    def settle(self, draft: Draft, row: str) -> Iterator[tuple[Draft, Value]]:
        """The value if it is known."""
        value = self.read(draft.base, None)
        if not isinstance(value, Unknown):
            yield draft, value


@dataclass(frozen=True, slots=True)
class Lookup:
    """`{lookup: table}`: the table's value for keys read from the row, then the subject."""

    table: str
    by: tuple[FactPath, ...]
    spec: FieldSpec
    codes: CodeList

    def read(self, facts: Facts, row: Row | None) -> Value:
        """The value; NONE where the table has no such row, UNKNOWN while a key is."""
        return self.found(facts, (facts.value(path, row) for path in self.by))

    def found(self, facts: Facts, keys: Iterable[Value]) -> Value:
        """The value for these keys, in the order of `by`."""
        table = facts.table(self.table)
        found: Any = table.rows if table else {}
        for path, key in zip(self.by, keys, strict=True):
            if isinstance(key, Unknown):
                return UNKNOWN
            if isinstance(key, Nothing) or not isinstance(found, Mapping):
                return NONE
            words = facts.words.code_list(path.spec).wider(show(key, FieldSpec(""), CodeList()))
            found = next((found[one] for one in words if one in found), None)
        if isinstance(found, Mapping):
            found = found.get("places")
        return NONE if found is None else read_value(found, self.spec)

    def text(self, facts: Facts, row: Row | None) -> str:
        """The value for this row, or the table's name where none fits."""
        value = self.read(facts, row)
        label = self._label(facts)
        return f"“{label}”所列" if isinstance(value, Unknown | Nothing) else show(value, self.spec, self.codes)

    def gaps(self, facts: Facts, row: Row | None) -> tuple[Missing, ...]:
        """The keys that are not known."""
        return tuple(
            Missing("field", one.name, one.spec.shown) for one in self.by if isinstance(facts.value(one, row), Unknown)
        )

    def reads(self) -> frozenset[Read]:
        """The table and its keys."""
        return frozenset({Read("table", self.table), *(path_read(one) for one in self.by)})

    def settle(self, draft: Draft, row: str) -> Iterator[tuple[Draft, Value]]:
        """Each row of the table, in random order, with its keys made to fit."""
        table = draft.base.table(self.table)
        yield from self._rows(draft, row, self.by, table.rows if table else {})

    def _rows(self, draft: Draft, row: str, by: tuple[FactPath, ...], found: Any) -> Iterator[tuple[Draft, Value]]:
        if not by:
            raw = found.get("places") if isinstance(found, Mapping) else found
            yield draft, read_value(raw, self.spec)
            return
        keys = sorted(found) if isinstance(found, Mapping) else []
        draft.rng.shuffle(keys)
        target = target_of(by[0], row)
        for key in keys:
            for narrowed in draft.narrowed(target, draft.domain(target).among({key})):
                yield from self._rows(narrowed, row, by[1:], found[key])

    def _label(self, facts: Facts) -> str:
        table = facts.table(self.table)
        return (table.label if table else "") or self.table


def param_gap(facts: Facts, name: str) -> tuple[Missing, ...]:
    """What is missing when a param is open."""
    spec = facts.words.params[name]
    judgement = facts.words.judgements.get(spec.judged)
    if judgement is None:
        return (Missing("param", name, spec.label or name),)
    labels = tuple(facts.words.roles.get(one, one) for one in judgement.by)
    return (Missing("judged", judgement.id, judgement.question, judgement.by, labels),)


def path_read(path: FactPath) -> Read:
    """A path as something that is read."""
    kind = {"subject": "field", "row": "column", "relation": "relation", "case": "case"}[path.at]
    return Read(kind, path.key if path.at == "case" else path.name)


def parse_term(raw: Any, spec: FieldSpec, scope: Scope, at: Path) -> Term:
    """A value of the type of `spec`; BadCondition if it is none or uses an unknown word."""
    words = scope.words
    codes = words.code_list(spec)
    if isinstance(raw, str) and raw.startswith("$"):
        known_word(raw[1:], words.params, "参数", "param", at)
        return Param(raw[1:], spec, codes)
    if isinstance(raw, Mapping):
        if set(raw) != {"lookup"}:
            raise BadCondition(
                "值须是文字、数字、$参数或 {lookup: 表}。", "A value is a literal, $param or lookup.", at
            )
        table = known_word(raw["lookup"], words.tables, "表", "table", (*at, "lookup"))
        return Lookup(str(raw["lookup"]), tuple(_key(scope, one, at) for one in table.by), spec, codes)
    return Literal(_literal(raw, spec, codes, at), spec, codes)


_WANTED: Final = {
    "number": "数字",
    "int": "整数",
    "date": "日期",
    "month": "年月",
    "year": "年份",
    "yes_no": "“是”或“否”",
}


def _literal(raw: Any, spec: FieldSpec, codes: CodeList, at: Path) -> Value:
    value = read_value(raw, spec)
    if isinstance(raw, list) or raw is None or isinstance(value, Unknown):
        wanted = _WANTED.get(spec.type, "一个词")
        raise BadCondition(
            f"“{spec.shown}”要和{wanted}比较，写的是 {raw!r}。",
            f"'{spec.id}' is compared with a {spec.type}, not {raw!r}.",
            at,
            "condition.value",
        )
    if codes.items and not codes.open and spec.type in {"code", "checks", "text"} and str(raw) not in codes.items:
        hint, english = did_you_mean(raw, codes.items)
        raise BadCondition(
            f"“{spec.shown}”没有“{raw}”这一项。{hint}",
            f"'{spec.id}' has no code '{raw}'.{english}",
            at,
            "condition.unknown_code",
        )
    return next(iter(value.codes)) if spec.type == "checks" and hasattr(value, "codes") else value


def _key(scope: Scope, key: str, at: Path) -> FactPath:
    """A key of a table: a column of the row, else a fact of the subject."""
    if scope.group and "." not in key and key not in scope.words.columns(scope.group):
        return scope.path(f"subject.{key}", at)
    return scope.path(key, at)
