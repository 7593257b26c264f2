"""The words a condition may use: fields with their types, codes, tables, judgements and the rest.

Built once from a pack and its catalogue (`vocabulary_of` in wording.py); conditions are parsed against it,
and facts read their types from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, TypeVar

T = TypeVar("T")
NOTHING: Final[Mapping[Any, Any]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One thing that can be asked about.

    `type` is a field type of the pack format, or `any` (a param or answer of no declared type).
    `codes` names a code list; `options` are the boxes of a `checks` field, code to label; `detail` says that a
    yes/no has a text beside it; `blank` is what an empty value means after submission.
    """

    id: str
    label: str = ""
    type: str = "text"
    unit: str = ""
    codes: str = ""
    options: Mapping[str, str] = field(default_factory=dict)
    multi: bool = False
    detail: bool = False
    blank: str = "unknown"
    group: str = ""
    subject: str = "person"
    derived: str = ""
    args: Mapping[str, str] = field(default_factory=dict)

    @property
    def shown(self) -> str:
        """The label, else the id."""
        return self.label or self.id


@dataclass(frozen=True, slots=True)
class CodeList:
    """A closed list of words, low to high if `ordered`; `parents` maps a word to the wider one it lies in."""

    items: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    parents: Mapping[str, str] = field(default_factory=dict)
    ordered: bool = False
    open: bool = False
    label: str = ""

    def wider(self, code: str) -> tuple[str, ...]:
        """The word itself, then each wider word around it."""
        found = [code]
        while (parent := self.parents.get(found[-1])) is not None and parent not in found:
            found.append(parent)
        return tuple(found)

    def narrower(self, code: str) -> tuple[str, ...]:
        """The word itself and all that lie in it."""
        return tuple(one for one in dict.fromkeys((code, *self.items)) if code in self.wider(one))

    def rank(self, code: str) -> int | None:
        """Its place from low to high; None outside an ordered list."""
        return self.items.index(code) if self.ordered and code in self.items else None


@dataclass(frozen=True, slots=True)
class Table:
    """Values by one or more keys (paths, in order); `rows` nest one level a key."""

    by: tuple[str, ...]
    rows: Mapping[str, Any]
    label: str = ""


@dataclass(frozen=True, slots=True)
class JudgementSpec:
    """A question answered by people. `about`: case, edition, unit, row, or each; then `each` is the path."""

    id: str
    question: str
    by: tuple[str, ...] = ()
    about: str = "case"
    rows: str = ""
    each: str = ""
    answer: FieldSpec = FieldSpec("answer", type="yes_no")


@dataclass(frozen=True, slots=True)
class ParamSpec:
    """A value of the programme. `value` None: not known yet. `judged` names the judgement that gives it.

    `options`: the answers that the question behind it takes, value to label.
    """

    id: str
    label: str = ""
    unit: str = ""
    value: Any = None
    judged: str = ""
    type: str = "any"
    options: Mapping[str, str] = field(default_factory=dict)

    def spec(self) -> FieldSpec:
        """The param as something that can be compared."""
        return FieldSpec(self.id, self.label, self.type, self.unit, options=self.options)


@dataclass(frozen=True, slots=True)
class AttachmentSpec:
    """Files that go with a case, and how many at least (a raw value: number, `$param`, lookup). `later`: they are
    handed in at a stage after the way in."""

    id: str
    label: str = ""
    count: Any = 1
    later: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All known words of a pack; every mapping is by id.

    `fields`: those of the subjects that the pack honours; `kinds`: fields of every kind of subject, and of the case
    itself (`case`); `relations`: name to (kind, many); `attachments`: id to AttachmentSpec;
    `opinions`: sheet to its parties (party to label); `scores`: node to label; `case_codes`: case fact to its
    allowed values (award, tier, route, exception), value to label.
    """

    fields: Mapping[str, FieldSpec] = field(default_factory=dict)
    kinds: Mapping[str, Mapping[str, FieldSpec]] = field(default_factory=dict)
    groups: Mapping[str, Mapping[str, FieldSpec]] = field(default_factory=dict)
    group_labels: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, tuple[str, bool]] = field(default_factory=dict)
    codes: Mapping[str, CodeList] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    judgements: Mapping[str, JudgementSpec] = field(default_factory=dict)
    params: Mapping[str, ParamSpec] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    rules: Mapping[str, str] = field(default_factory=dict)
    attachments: Mapping[str, AttachmentSpec] = field(default_factory=dict)
    opinions: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    scores: Mapping[str, str] = field(default_factory=dict)
    case_codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def code_list(self, spec: FieldSpec) -> CodeList:
        """The words a field's value is taken from; an open list when it has none."""
        if spec.options:
            return CodeList(tuple(spec.options), spec.options)
        return self.codes.get(spec.codes) or OF_REGISTRY.get(spec.codes, ANY_WORD)

    def of_kind(self, kind: str) -> Mapping[str, FieldSpec]:
        """Fields of a kind of subject; of the pack's own subjects if none is named."""
        return self.kinds.get(kind, self.fields) if kind else self.fields

    def columns(self, group: str) -> Mapping[str, FieldSpec]:
        """Columns of a row group, of a relation to several, or of the registry."""
        if group == REGISTRY:
            return REGISTRY_COLUMNS
        if group in self.relations:
            return self.of_kind(self.relations[group][0])
        return self.groups.get(group, NOTHING)

    def rows_label(self, group: str) -> str:
        """What rows of this group are called."""
        if group == REGISTRY:
            return "荣誉库记录"
        if group in self.relations:
            return RELATION_LABELS.get(group, group)
        return self.group_labels.get(group) or (self.fields[group].shown if group in self.fields else group)


ANY_WORD: Final = CodeList(open=True)
REGISTRY: Final = "registry"
REGISTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "national-talent-plan": "国家级人才计划",
        "ministry-talent-plan": "其他部委人才计划",
        "national-artisan": "大国工匠",
        "artisan-trainee": "大国工匠培育对象",
        "jiangsu-artisan": "江苏工匠",
        "nanning-artisan": "南宁工匠",
        "changzhou-artisan": "常州工匠",
    }
)
"""Programmes whose registers are asked for by name, as people call them; packs may name others."""
OF_ARTISANS: Final = frozenset({*REGISTERS} - {"national-talent-plan", "ministry-talent-plan"})
"""Of artisans and trainees: their people count beside those named on the platform, unless people say otherwise."""
HONOUR_STATES: Final[Mapping[str, str]] = MappingProxyType(
    {"stands": "已命名", "trainee": "培育对象", "suspended": "暂停", "ended": "期满", "revoked": "已撤销"}
)
OF_REGISTRY: Final[Mapping[str, CodeList]] = MappingProxyType(
    {
        "register": CodeList(labels=REGISTERS, open=True, label="项目"),
        "honour_state": CodeList(labels=HONOUR_STATES, open=True, label="状态"),
    }
)
REGISTRY_COLUMNS: Final[Mapping[str, FieldSpec]] = MappingProxyType(
    {
        one.id: one
        for one in (
            FieldSpec("programme", "项目", codes="register"),
            FieldSpec("award", "奖项"),
            FieldSpec("tier", "档次"),
            FieldSpec("level", "级别", "code", codes="award_level"),
            FieldSpec("date", "日期", "date"),
            FieldSpec("until", "截止日期", "date"),
            FieldSpec("state", "状态", codes="honour_state"),
        )
    }
)
RELATION_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {"leader": "负责人", "host": "所在单位", "employer": "所在单位", "members": "成员", "nominees": "人选"}
)
"""The format gives relations no label; these are the usual ones."""
CASE_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "award": "奖项",
        "tier": "档次",
        "route": "申报方式",
        "nominator": "推荐单位",
        "exception": "破格情形",
        "subject": "对象",
    }
)
