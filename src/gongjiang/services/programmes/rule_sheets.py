"""The rules of an edition one by one: what each asks with the edition's values, its clauses, and where it is used."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongjiang.rules.programmes.diff.labels import WORDS
from gongjiang.rules.programmes.evaluate import ReadyRule, reads_of
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.schema.words import Param
from gongjiang.rules.programmes.uses import Use, forms_asking, params_read, uses_of_params, uses_of_rules
from gongjiang.services.programmes.clauses import clause_texts
from gongjiang.services.programmes.programme import Programme

#: Reads of a rule that somebody fills in on a form.
ASKED = frozenset({"field", "relation", "rows", "column"})


@dataclass(frozen=True)
class ParamSheet:
    """A value of the edition, as people read it, and what uses it. `says`: what it was by the notice, if it differs."""

    id: str
    label: str
    value: str
    clause: str
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class RuleSheet:
    """One rule. `asked_on`: the forms on which what it reads is filled in; `judged`: who judges what, before which
    stage; `used_by`: what else names it."""

    id: str
    name: str
    force: str
    asks: str
    when: str
    gate: str
    note: str
    clauses: tuple[tuple[str, str], ...]
    params: tuple[tuple[str, str, str], ...]
    asked_on: tuple[str, ...]
    judged: tuple[tuple[str, str, str], ...]
    used_by: tuple[Use, ...]


def rule_sheets(programme: Programme) -> list[RuleSheet]:
    """Every rule of the pack in its order, with the values of the edition in its sentence."""
    pack = programme.pack
    facts = Facts(pack.vocabulary, params=programme.params)
    texts, read = clause_texts(pack), params_read(pack)
    forms, uses = forms_asking(pack), uses_of_rules(pack)
    rules = {one.id: one for one in pack.ready_rules}
    notes = {one.id: one.note or "" for one in pack.rules}
    labels = {one.id: one.label for one in pack.params}
    found = []
    for one in pack.ready_rules:
        reads = reads_of(one, rules)
        asked = [label for part in sorted(reads) if part.kind in ASKED for label in _forms(forms, part.key)]
        found.append(
            RuleSheet(
                one.id,
                one.shown,
                WORDS["force"].get(one.force, one.force),
                one.check.phrase(facts),
                one.when.phrase(facts) if one.when is not None else "",
                _gate(programme, one),
                notes[one.id],
                tuple((name, texts.get(name, "")) for name in one.cite),
                tuple((key, labels[key], said(programme, key)) for key in labels if key in read[one.id]),
                tuple(dict.fromkeys(asked)),
                tuple(_judged(programme, part.key) for part in sorted(reads) if part.kind == "judged"),
                uses[one.id],
            )
        )
    return found


def param_sheets(programme: Programme) -> list[ParamSheet]:
    """Every param with its value in this edition and everything that uses it."""
    uses = uses_of_params(programme.pack)
    return [
        ParamSheet(one.id, one.label, said(programme, one.id), one.clause, uses[one.id])
        for one in programme.pack.params
    ]


def said(programme: Programme, name: str) -> str:
    """A param's value in this edition: 5年, 向上取整, 未定."""
    one = next(one for one in programme.pack.params if one.id == name)
    value = programme.params.get(name)
    if value is None:
        return "办理中认定" if one.judged else "未定"
    options = options_of(programme, one)
    if isinstance(value, bool):
        return "是" if value else "否"
    return options.get(str(value), f"{value}{one.unit}")


def options_of(programme: Programme, param: Param) -> Mapping[str, str]:
    """The words that a param may take, value to label; nothing for a number."""
    question = next((one for one in programme.pack.questions if one.id == param.ask), None)
    return question.takes.options if question is not None else {}


def _gate(programme: Programme, rule: ReadyRule) -> str:
    return next((one.shown for one in programme.stages if one.id == rule.gate), "")


def _forms(forms: Mapping[str, tuple[str, ...]], key: str) -> tuple[str, ...]:
    """Forms that ask a field, or the rows that a column stands in."""
    return forms.get(key) or forms.get(key.partition(".")[0], ())


def _judged(programme: Programme, name: str) -> tuple[str, str, str]:
    one = next(one for one in programme.pack.judgements if one.id == name)
    before = next((stage.shown for stage in programme.stages if stage.id == one.before), "")
    return one.question, "、".join(programme.role_label(role) for role in one.by), before
