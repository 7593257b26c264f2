"""From a raw mapping to a condition: finds the class of a node by its word, checks every key."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Final

from gongjiang.rules.programmes.conditions import operands, operators
from gongjiang.rules.programmes.conditions.base import Condition, Operator, Raw, Term
from gongjiang.rules.programmes.conditions.terms import parse_term
from gongjiang.rules.programmes.paths import BadCondition, Scope
from gongjiang.rules.programmes.problems import Path, did_you_mean
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

_COMMON: Final = frozenset({"label", "cite"})


@cache
def operand_words() -> Mapping[str, type[Condition]]:
    """Every kind of condition by its word."""
    found: dict[str, type[Condition]] = {}
    for info in iter_modules(operands.__path__):
        kind: type[Condition] = import_module(f"{operands.__name__}.{info.name}").CONDITION
        found[kind.word] = kind
    return found


@cache
def operator_words() -> Mapping[str, type[Operator]]:
    """Every operator by its words."""
    found: dict[str, type[Operator]] = {}
    for info in iter_modules(operators.__path__):
        kinds: tuple[type[Operator], ...] = import_module(f"{operators.__name__}.{info.name}").OPERATORS
        found |= {word: kind for kind in kinds for word in kind.words}
    return found


def parse(raw: Any, vocabulary: Vocabulary, *, group: str = "", kind: str = "") -> Condition:
    """The condition written as `raw`. `group`: it stands inside rows of this group; `kind`: its
    kind of subject, the pack's own if left out.

    Raises BadCondition naming the unknown word, the nearest known one and the path from the condition's top.

    >>> parse({"field": "age", "at_least": 18}, Vocabulary(fields={"age": FieldSpec("age", type="int")})).word
    'field'
    """
    return NodeReader(Scope(vocabulary, group, kind)).condition(raw, ())


@dataclass(frozen=True, slots=True)
class NodeReader:
    """Reads nodes in one scope."""

    scope: Scope

    def condition(self, raw: Any, at: Path) -> Condition:
        """The condition of one node."""
        if not isinstance(raw, Mapping):
            raise BadCondition("条件须是一组“键: 值”。", "A condition is a mapping of keys.", at)
        kinds = operand_words()
        words = [key for key in raw if key in kinds]
        if len(words) != 1:
            raise _which(raw, words, at)
        kind = kinds[words[0]]
        allowed = _COMMON | {kind.word} | kind.keys | (set(operator_words()) if kind.compares else set())
        for key in raw:
            if key not in allowed:
                raise _unknown_key(key, allowed, at)
        found = kind.parse(raw, self, at)
        return replace(found, label=_text(raw, "label", at), cite=_cite(raw, at))

    def inside(self, group: str) -> "NodeReader":
        """A reader for the rows of a group."""
        return NodeReader(replace(self.scope, group=group))

    def operator(self, raw: Raw, spec: FieldSpec, at: Path, *, needed: bool = True) -> Operator | None:
        """The one operator of a node."""
        known = operator_words()
        words = [key for key in raw if key in known]
        if not words and not needed:
            return None
        if len(words) != 1:
            have = f"写了{len(words)}个（{'、'.join(words)}）" if words else "没有写"
            raise BadCondition(
                f"须有且只有一个比较词，这里{have}。可用：{'、'.join(known)}。",
                f"Exactly one operator is needed: {', '.join(known)}.",
                at,
                "condition.operator",
            )
        word = words[0]
        return known[word].parse(word, raw[word], spec, self, (*at, word))

    def term(self, raw: Any, spec: FieldSpec, at: Path) -> Term:
        """A value of the type of `spec`."""
        return parse_term(raw, spec, self.scope, at)


def _which(raw: Raw, words: list[str], at: Path) -> BadCondition:
    known = operand_words()
    if words:
        return BadCondition(
            f"一个条件里不能同时写 {'、'.join(words)}。", f"One node has {', '.join(words)} together.", at
        )
    stray = [key for key in raw if key not in _COMMON and key not in operator_words()]
    hint, english = did_you_mean(stray[0], known) if stray else ("", "")
    what = f"不认识“{stray[0]}”。{hint}" if stray else ""
    return BadCondition(
        f"条件须以 {'、'.join(known)} 之一开头。{what}",
        f"A condition has one of {', '.join(known)}.{english}",
        (*at, stray[0]) if stray else at,
        "condition.unknown_word",
    )


def _unknown_key(key: object, allowed: frozenset[str] | set[str], at: Path) -> BadCondition:
    hint, english = did_you_mean(key, allowed)
    return BadCondition(
        f"条件里不认识“{key}”。{hint}", f"Unknown key '{key}'.{english}", (*at, str(key)), "condition.unknown_word"
    )


def _text(raw: Raw, key: str, at: Path) -> str:
    value = raw.get(key, "")
    if not isinstance(value, str):
        raise BadCondition(f"{key} 须是文字。", f"'{key}' must be text.", (*at, key))
    return value


def _cite(raw: Raw, at: Path) -> tuple[str, ...]:
    value = raw.get("cite", ())
    found = tuple(value) if isinstance(value, list | tuple) else (value,)
    if not all(isinstance(one, str) for one in found):
        raise BadCondition("cite 须是条款编号。", "'cite' must be clause ids.", (*at, "cite"))
    return found
