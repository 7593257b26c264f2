"""Any value of a pack in words: params with their values, ids by their labels, conditions as sentences."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from gongjiang.rules.programmes.conditions import BadCondition, Condition, parse
from gongjiang.rules.programmes.diff.labels import CONDITIONS, KEYS, REFERS, SOURCES, WORDS
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.base import param_name
from gongjiang.rules.programmes.schema.cultivation import POWERS
from gongjiang.rules.programmes.schema.lists import nodes_of
from gongjiang.rules.programmes.schema.words import Judgement, Question
from gongjiang.rules.programmes.vocabulary import CASE_LABELS

YES_NO = {True: "是", False: "否"}


class Speaker:
    """Says the values of one pack."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.facts = Facts(pack.vocabulary)

    def say(self, value: Any, key: str = "", rows: str = "") -> str:
        """A value under `key`; `rows`: it stands inside rows of this group. Nothing is an empty text."""
        if value is None or value == () or value == [] or value == {}:
            return ""
        if key in CONDITIONS and isinstance(value, Mapping):
            return self.condition(value, rows)
        if isinstance(value, Mapping):
            return self._mapping(value, rows)
        if isinstance(value, list | tuple):
            return "、".join(text for one in value if (text := self.say(one, key, rows)))
        return self._plain(value, key)

    def condition(self, raw: Mapping[str, Any], rows: str = "") -> str:
        """A condition in a few words; as it is written if it can't be read."""
        found = self.read(raw, rows)
        return found.phrase(self.facts) if found is not None else self.say(dict(raw))

    def read(self, raw: Mapping[str, Any], rows: str = "") -> Condition | None:
        """A condition as the rules read it, whichever kind of subject it is about."""
        for kind in ("", *self.pack.vocabulary.kinds):
            try:
                return parse(raw, self.pack.vocabulary, group=rows, kind=kind)
            except BadCondition:
                continue
        return None

    def param(self, name: str) -> str:
        """`10年`, `由主办单位答复（暂定5工作日）`, `办理中认定`."""
        one = next((one for one in self.pack.params if one.id == name), None)
        if one is None:
            return f"${name}"
        if one.value is not None:
            return f"{self._plain(one.value, '')}{one.unit}"
        if one.judged:
            return "办理中认定"
        asked = next((found for found in self.pack.questions if found.id == one.ask), None)
        if asked is None or asked.default is None:
            return "由主办单位答复"
        default = asked.takes.options.get(str(asked.default), self._plain(asked.default, ""))
        return f"由主办单位答复（暂定{default}{one.unit}）"

    def name(self, word: str, sections: tuple[str, ...]) -> str:
        """What people call the item of this id in the first section that has it; else the word itself."""
        for section in sections:
            found = self.path(word) if section == "paths" else self.labels.get(section, {}).get(word)
            if found:
                return found
        return word

    def path(self, word: str) -> str:
        """What people call a path: 推荐单位, 所属集团公司."""
        head, _, rest = word.partition(".")
        if head == "scoring":
            return self.labels["scoring"].get(rest, rest)
        if head == "case":
            return CASE_LABELS.get(rest) or self.pack.vocabulary.roles.get(rest) or rest
        return self.labels["fields"].get(word) or self.labels["fields"].get(rest) or ""

    def answer(self, question: Question | Judgement) -> str:
        """What kind of answer a question takes: 是否, 数, or its options."""
        takes = question.takes
        return "／".join(takes.options.values()) if takes.options else WORDS["answer"].get(takes.kind, takes.kind)

    @cached_property
    def labels(self) -> Mapping[str, Mapping[str, str]]:
        """Labels by section and id; tiers, columns and scoring nodes under their own ids."""
        pack = self.pack
        sections = ("roles", "awards", "rules", "pools", "attachments", "opinions", "forms", "times", "stages",
                    "judgements", "subjects")  # fmt: skip
        found: dict[str, dict[str, str]] = {}
        for section in sections:
            found[section] = {
                str(one.id): str(getattr(one, "shown", "") or getattr(one, "question", "") or one.id)
                for one in getattr(pack, section)
            }
        found["tables"] = {name: one.label or name for name, one in pack.tables.items()}
        found["codes"] = {name: one.label or name for name, one in (*pack.catalogue.codes.items(), *pack.codes.items())}
        found["groups"] = {name: pack.vocabulary.rows_label(name) for name in pack.vocabulary.groups}
        found["tiers"] = {tier.id: tier.shown for award in pack.awards for tier in award.tiers}
        found["scoring"] = {node.id: node.shown for root in pack.scoring for node in nodes_of(root)}
        kinds = tuple(pack.vocabulary.kinds.values())
        found["fields"] = {name: spec.shown for kind in kinds[::-1] for name, spec in kind.items()}
        found["fields"] |= {name: spec.shown for name, spec in pack.vocabulary.fields.items()}
        found["params"] = {one.id: one.label for one in pack.params}
        found["powers"] = {power.id: power.shown for one in pack.cultivation for power in one.powers or POWERS}
        return found

    def _mapping(self, value: Mapping[str, Any], rows: str) -> str:
        if set(value) == {"from", "to"}:
            return f"{self.say(value['from'], 'date')}至{self.say(value['to'], 'date')}"
        inner = value.get("rows")
        inside = inner if isinstance(inner, str) else rows
        told = {str(name): one for name, one in value.items() if name not in SOURCES | {"sha256"}}
        label = told.pop("label", "")
        unit = self._unit(told)
        said = "，".join(part for name, one in told.items() if (part := self._pair(name, one, inside)))
        return f"{label}（{said}）{unit}" if label and said else f"{label}{said}{unit}"

    def _unit(self, told: dict[str, Any]) -> str:
        """The unit of a length, said after its number; a param says its own."""
        if not {"at_least", "exactly"} & set(told):
            return ""
        unit = str(told.pop("unit", ""))
        own = any(param_name(told.get(key)) for key in ("at_least", "exactly"))
        return "" if own else WORDS["unit"].get(unit, unit)

    def _pair(self, key: str, value: Any, rows: str) -> str:
        text = self.say(value, key, rows)
        return (
            f"{KEYS.get(key, self.name(key, ('paths', 'params', 'judgements', 'attachments')))}{text}" if text else ""
        )

    def _plain(self, value: Any, key: str) -> str:
        if isinstance(value, bool):
            return YES_NO[value]
        if isinstance(value, Decimal):
            return f"{value.normalize():f}"
        if isinstance(value, dt.date | int):
            return str(value)
        name = param_name(value)
        if name is not None:
            return self.param(name)
        text = str(value)
        return WORDS.get(key, {}).get(text) or self.name(text, REFERS.get(key, ()))
