"""Rules and exceptions of a pack with their conditions read, ready to be asked."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.conditions import BadCondition, Condition, parse
from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule
from gongjiang.rules.programmes.facts import Facts, Row, rows_of
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.schema.lists import Exception_, Rule
from gongjiang.rules.programmes.schema.stage import Example, Stage
from gongjiang.rules.programmes.vocabulary import Vocabulary


def ready_rules(rules: Iterable[Rule], stages: Iterable[Stage], words: Vocabulary) -> tuple[ReadyRule, ...]:
    """The rules in their order, gates filled in. BadCondition names the place from the pack's top.

    Raises BadInput when rules name each other in a circle.
    """
    stages = tuple(stages)
    made = tuple(_rule(one, n, stages, words) for n, one in enumerate(rules))
    _refuse_circles({one.id: one for one in made})
    return made


def ready_exceptions(exceptions: Iterable[Exception_], words: Vocabulary) -> tuple[ReadyException, ...]:
    """The exceptions in their order."""
    return tuple(
        ReadyException(
            one.id,
            one.waives,
            one.shown,
            one.cite,
            _read(one.when, ("exceptions", n, "when"), words) if one.when else None,
            one.approval.by,
            one.approval.at or "",
            one.approval.record,
        )
        for n, one in enumerate(exceptions)
    )


def default_gate(rule: Rule, stages: Iterable[Stage]) -> str:
    """The rule's own gate, else the first check stage for its award, else the first stage after apply."""
    if rule.gate:
        return rule.gate
    ours = [one for one in stages if not rule.award or not one.award or set(rule.award) & set(one.award)]
    checks = [one.id for one in ours if one.type == "check"]
    after = [one.id for one in ours if one.type != "apply"]
    return (checks or after or [one.id for one in ours] or [""])[0]


def example_facts(example: Example, words: Vocabulary) -> Facts:
    """The facts that a pack's own test gives: fields, rows, `case.x`, `leader.x`, judged, documents, opinions, …."""
    subject: dict[str, Any] = {}
    case: dict[str, Any] = {}
    relations: dict[str, dict[str, Any]] = {}
    rows: dict[str, tuple[Row, ...]] = {}
    given = dict(example.given)
    judged = {(key, ""): value for key, value in given.pop("judged", {}).items()}
    opinions = {_pair(key): value for key, value in given.pop("opinions", {}).items()}
    documents = {key: int(value) for key, value in given.pop("documents", {}).items()}
    params = given.pop("params", {})
    for key, value in given.items():
        first, _, last = key.partition(".")
        if first == "case" and last:
            case[last] = value
        elif first in words.relations and last:
            relations.setdefault(first, {})[last] = value
        elif key in words.groups or key in words.relations:
            rows[key] = rows_of(key, value)
        else:
            words_known(key, words)
            subject[key] = value
    return Facts(
        words, subject, relations, rows, case=case, judgements=judged, documents=documents, opinions=opinions,
        params=params, submitted=example.submitted,
    )  # fmt: skip


def words_known(key: str, words: Vocabulary) -> None:
    """A test must name a field that exists."""
    if key not in words.fields:
        raise BadCondition(f"测试里没有名为“{key}”的字段。", f"No field '{key}'.", ("given", key))


def _rule(one: Rule, n: int, stages: tuple[Stage, ...], words: Vocabulary) -> ReadyRule:
    return ReadyRule(
        id=one.id,
        check=_read(one.check, ("rules", n, "check"), words),
        name=one.name,
        cite=one.cite,
        force=one.force,
        when=_read(one.when, ("rules", n, "when"), words) if one.when else None,
        award=one.award,
        gate=default_gate(one, stages),
        effect=one.effect or "",
    )


def _read(raw: Any, at: Path, words: Vocabulary) -> Condition:
    try:
        return parse(raw, words)
    except BadCondition as error:
        raise BadCondition(error.text, error.english, (*at, *error.path), error.code) from error


def _refuse_circles(rules: Mapping[str, ReadyRule]) -> None:
    named = {key: [read.key for read in rule.reads() if read.kind == "rule"] for key, rule in rules.items()}
    done: set[str] = set()

    def walk(key: str, way: tuple[str, ...]) -> None:
        if key in way:
            circle = " → ".join((*way[way.index(key) :], key))
            raise BadInput(
                f"规则互相引用成了圈：{circle}。", f"Rules name each other in a circle: {circle}.", place=key
            )
        if key not in done:
            for other in named.get(key, ()):
                walk(other, (*way, key))
            done.add(key)

    for key in rules:
        walk(key, ())


def _pair(key: str) -> tuple[str, str]:
    sheet, _, party = key.partition(".")
    return sheet, party
