"""Facts about one person, rule by rule: a sentence each, with clause and outcome."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from gongjiang.rules.programmes.compiling import example_facts
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.explain import OUTCOME_WORDS, RuleOutcome, Verdict
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.stage import Example
from gongjiang.rules.programmes.source import read

FORCE_WORDS = {"hard": "必须", "soft": "一般应", "prefer": "优先", "guide": "参考", "none": "辅助"}


def explain_person(pack: Pack, text: str, file: str, *, submitted: bool, as_json: bool) -> str:
    """What every rule says of the person in `text`.

    The YAML has fields of the catalogue and the pack, rows as lists, `case.route`, and `judged`, `documents`,
    `opinions`, `params`, as the pack's own tests do. Raises PackError for bad YAML, BadInput for unknown words.
    """
    given = read(text, file).data
    example = Example(name=file, submitted=submitted, given=given, expect={})
    facts = replace(example_facts(example, pack.vocabulary), as_of=as_of(pack))
    outcomes = evaluate_rules(pack.ready_rules, fill_derived(facts), pack.ready_exceptions)
    return as_text(outcomes) if not as_json else json.dumps(list(map(as_data, outcomes)), ensure_ascii=False, indent=1)


def as_of(pack: Pack) -> date | None:
    """The day on which years are counted, as the pack says it."""
    said = pack.pack.as_of
    time = next((one for one in pack.times if one.id == said.time), None)
    if said.date is not None or time is None:
        return said.date
    if time.window is not None:
        return time.window.from_ if said.at == "first" else time.window.to
    return time.date


def as_text(outcomes: Iterable[RuleOutcome]) -> str:
    """A sentence a rule, its conditions below it, and the count at the end."""
    lines: list[str] = []
    counts = dict.fromkeys(OUTCOME_WORDS, 0)
    for one in outcomes:
        counts[one.outcome] += 1
        lines.append(f"[{FORCE_WORDS[one.force]}] {one.sentence}")
        if one.outcome != "na":
            lines.extend(_below(one.details, 1))
    lines.append("，".join(f"{OUTCOME_WORDS[key]}{count}条" for key, count in counts.items()))
    return "\n".join(lines)


def as_data(one: RuleOutcome) -> dict[str, Any]:
    """A rule's outcome for programs."""
    return {
        "rule": one.rule,
        "name": one.name,
        "force": one.force,
        "clauses": list(one.clauses),
        "gate": one.gate,
        "outcome": one.outcome,
        "overlay": one.overlay,
        "sentence": one.sentence,
        "missing": [
            {"kind": gap.kind, "key": gap.key, "label": gap.label, "who": list(gap.who)} for gap in one.missing
        ],
    }


def _below(verdict: Verdict, depth: int) -> Iterable[str]:
    marks = {"true": "✓", "false": "✗", "unknown": "?"}
    for one in verdict.parts:
        actual = f"；{one.actual}" if one.actual else ""
        yield f"{'  ' * depth}{marks[one.truth.value]} {one.title}{actual}"
        yield from _below(one, depth + 1)
