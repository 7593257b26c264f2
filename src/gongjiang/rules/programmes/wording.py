"""From a pack and the shared catalogue to the vocabulary that its conditions are read with."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongjiang.rules.programmes.kinds import fields_by_kind
from gongjiang.rules.programmes.schema.fields import CodeList as WrittenCodes
from gongjiang.rules.programmes.schema.fields import Field_, RowGroup
from gongjiang.rules.programmes.schema.lists import ScoreNode
from gongjiang.rules.programmes.schema.pack import CatalogueFile, PackFile
from gongjiang.rules.programmes.schema.words import Answer, Judgement, Param
from gongjiang.rules.programmes.vocabulary import (
    AttachmentSpec,
    CodeList,
    FieldSpec,
    JudgementSpec,
    ParamSpec,
    Table,
    Vocabulary,
)

Fields = Mapping[str, FieldSpec]


def vocabulary_of(pack: PackFile, catalogue: CatalogueFile) -> Vocabulary:
    """Every word that a condition of this pack may use."""
    kinds = _kinds(pack, catalogue)
    honoured = tuple(dict.fromkeys(one.subject for one in pack.awards)) or ("person",)
    columns = _columns(pack, catalogue)
    rows = {spec.id: spec for kind in kinds.values() for spec in kind.values() if spec.type == "rows"}
    labels = {name: one.label for name, one in (*catalogue.groups.items(), *pack.groups.items()) if one.label}
    return Vocabulary(
        fields={key: spec for kind in reversed(honoured) for key, spec in kinds.get(kind, {}).items()},
        kinds=kinds,
        groups={**columns, **{name: columns.get(spec.group or name, {}) for name, spec in rows.items()}},
        group_labels={**labels, **{name: spec.shown for name, spec in rows.items()}},
        relations={name: _relation(to) for kind in pack.subjects for name, to in kind.has.items()},
        codes={name: _codes(one) for name, one in (*catalogue.codes.items(), *pack.codes.items())},
        tables={name: Table(one.by, one.rows, one.label) for name, one in pack.tables.items()},
        judgements={one.id: _judgement(one) for one in pack.judgements},
        params={one.id: _param(one, pack) for one in pack.params},
        roles={one.id: one.shown for one in pack.roles},
        rules={one.id: one.shown for one in pack.rules},
        attachments={
            one.id: AttachmentSpec(one.id, one.shown, one.count, one.at is not None) for one in pack.attachments
        },
        opinions={one.id: {party.id: party.shown for party in one.parties} for one in pack.opinions},
        scores={node.id: node.shown for node in _nodes(pack.scoring)},
        case_codes=_case_codes(pack),
    )


def _kinds(pack: PackFile, catalogue: CatalogueFile) -> dict[str, Fields]:
    found = fields_by_kind(catalogue.fields, pack.fields, {one.id: one.like for one in pack.subjects})
    return {kind: {key: _field(one) for key, one in fields.items()} for kind, fields in found.items()}


def _columns(pack: PackFile, catalogue: CatalogueFile) -> dict[str, Fields]:
    """Columns of each row group; a pack's own are added to the catalogue's or replace them one by one."""
    found: dict[str, Fields] = {name: _group(one) for name, one in catalogue.groups.items()}
    for name, one in pack.groups.items():
        found[name] = {**found.get(name, {}), **_group(one)}
    return found


def _group(group: RowGroup) -> Fields:
    return {one.id: _field(one) for one in group.columns}


def _field(one: Field_) -> FieldSpec:
    return FieldSpec(
        id=one.id,
        label=one.label,
        type=one.type,
        unit=one.unit,
        codes=one.codes or "",
        options={option.code: option.label for option in one.options},
        multi=one.multi,
        detail=bool(one.detail),
        blank=one.blank,
        group=one.group or "",
        subject=one.subject,
        derived=one.derived or "",
        args=one.args,
    )


def _relation(to: str | list[str]) -> tuple[str, bool]:
    return (to, False) if isinstance(to, str) else (to[0], True)


def _codes(one: WrittenCodes) -> CodeList:
    return CodeList(
        items=tuple(code.code for code in one.codes),
        labels={code.code: code.label for code in one.codes if code.label},
        parents={code.code: code.in_ for code in one.codes if code.in_},
        ordered=one.ordered,
        open=one.open or bool(one.judged),
        label=one.label,
    )


def _judgement(one: Judgement) -> JudgementSpec:
    each = one.about.get("each", "") if isinstance(one.about, dict) else ""
    about = one.about if isinstance(one.about, str) else "each"
    return JudgementSpec(one.id, one.question, one.by, about, one.rows or "", each, _answer(one.takes))


def _answer(one: Answer) -> FieldSpec:
    if one.kind == "one_of":
        return FieldSpec("answer", "认定结果", "code", options=one.options)
    if one.kind == "codes":
        return FieldSpec("answer", "认定结果", "checks", codes=one.codes or "", multi=True)
    return FieldSpec("answer", "认定结果", one.kind)


def _param(one: Param, pack: PackFile) -> ParamSpec:
    """A param; one that a question settles has the question's default until it is answered."""
    question = next((asked for asked in pack.questions if asked.id == one.ask), None)
    value: Any = one.value
    kind, options = "any", {}
    if question is not None:
        value = question.default if value is None else value
        takes = question.takes
        kind = {"one_of": "code", "codes": "any"}.get(takes.kind, takes.kind)
        options = takes.options
    judged = next((asked for asked in pack.judgements if asked.id == one.judged), None)
    if judged is not None:
        spec = _answer(judged.takes)
        kind, options = spec.type, dict(spec.options)
    return ParamSpec(one.id, one.label, one.unit, value, one.judged or "", kind, options)


def _nodes(nodes: tuple[ScoreNode, ...]) -> Iterator[ScoreNode]:
    for one in nodes:
        yield one
        yield from _nodes(one.of)


def _case_codes(pack: PackFile) -> dict[str, dict[str, str]]:
    """Case facts that are taken from a list of the pack."""
    routes = {
        route.id: route.shown
        for stage in pack.stages
        for route in getattr(stage, "routes", ())
        if stage.type == "apply"
    }
    found = {
        "award": {one.id: one.shown for one in pack.awards},
        "tier": {tier.id: tier.shown for one in pack.awards for tier in one.tiers},
        "route": routes,
        "exception": {one.id: one.shown for one in pack.exceptions},
    }
    return {key: options for key, options in found.items() if options}
