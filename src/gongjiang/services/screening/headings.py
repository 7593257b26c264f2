"""What the headings of a people file may mean: the official summary sheet's, a field's id or label, `case.route`, …."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gongjiang.documents.xlsx.findings import plain
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.vocabulary import CASE_LABELS, FieldSpec, Vocabulary

KEYS: Final = ("编号", "身份证号", "姓名")
"""What ties rows of a detail sheet to a person: the first of these that both sheets have."""


_REMARK: Final = re.compile(r"(\([^()]*\)|[*:])+$")


@dataclass(frozen=True, slots=True)
class Meaning:
    """A heading's meaning. `name`: the column of the table of people; `group`: rows, whole (JSON) or the `nth` by
    its parts (`join`)."""

    name: str
    spec: FieldSpec
    group: str = ""
    nth: int = 0
    join: tuple[str, ...] = ()


REGION: Final = Meaning("region", FieldSpec("region", "地区"))
"""Only to tell differences by it, where no field of the pack says it."""


def meanings(pack: Pack) -> Mapping[str, Meaning]:
    """Known headings, without blanks and half-width, by what they mean. What comes first wins."""
    found: dict[str, Meaning] = {}
    for heading, meaning in (*_official(pack), *_fields(pack.vocabulary), *_case(pack.vocabulary)):
        found.setdefault(plain(heading), meaning)
    for heading, meaning in (*_beside(pack.vocabulary), *((one, REGION) for one in ("region", "地区", "所在地区"))):
        found.setdefault(plain(heading), meaning)
    for heading, meaning in list(found.items()):
        found.setdefault(bare(heading), meaning)
    return found


def bare(heading: object) -> str:
    """A heading without marks and remarks at its end: 从业年限（年）*."""
    text = plain(heading)
    return _REMARK.sub("", text) or text


def key_of(heading: object, known: Collection[str]) -> str:
    """How a heading is known: as it stands, else without what was added at its end; '' if it is not."""
    return next((one for one in (plain(heading), bare(heading)) if one in known), "")


def row_meanings(words: Vocabulary, group: str) -> Mapping[str, Meaning]:
    """Headings of a detail sheet: its columns by id and label, and answers about its rows."""
    found: dict[str, Meaning] = {}
    for key, spec in words.columns(group).items():
        for heading in (key, spec.shown):
            found.setdefault(plain(heading), Meaning(key, spec, group))
    for one in words.judgements.values():
        if one.rows == group:
            for heading in (f"judged.{one.id}", one.question):
                found.setdefault(plain(heading), Meaning(f"judged.{one.id}", one.answer, group))
    return found


def group_of(words: Vocabulary, name: str) -> str | None:
    """The row group that a sheet is named by (id or label)."""
    several = [key for key, (_, many) in words.relations.items() if many]
    groups = (*words.groups, *several, "registry")
    return next((one for one in groups if plain(name) in {plain(one), plain(words.rows_label(one))}), None)


def _official(pack: Pack) -> Iterator[tuple[str, Meaning]]:
    words = pack.vocabulary
    for form in pack.forms:
        for raw in form.columns if form.list is not None else ():
            column = {"field": raw} if isinstance(raw, str) else raw
            label = str(column.get("label") or "")
            if "rows" in column:
                group = str(column["rows"])
                join = tuple(str(one) for one in column["join"])
                yield label, Meaning(group, FieldSpec(group), group, int(column.get("nth", 1)), join)
            elif "field" in column and column["field"] in words.fields:
                spec = words.fields[str(column["field"])]
                yield label or spec.shown, Meaning(spec.id, spec)
            elif "case" in column:
                name = str(column["case"])
                yield label or name, Meaning(f"case.{name}", _case_spec(words, name))


def _fields(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    for spec in words.fields.values():
        meaning = Meaning(spec.id, spec, spec.group if spec.type == "rows" else "")
        yield spec.id, meaning
        yield spec.shown, meaning
    for group in words.groups:
        yield group, Meaning(group, FieldSpec(group), group)
        yield words.rows_label(group), Meaning(group, FieldSpec(group), group)


def _case(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    own = {key: spec.shown for key, spec in words.kinds.get("case", {}).items()}
    for key, label in {**CASE_LABELS, **own, **words.roles}.items():
        meaning = Meaning(f"case.{key}", _case_spec(words, key))
        yield f"case.{key}", meaning
        yield label, meaning


def _case_spec(words: Vocabulary, key: str) -> FieldSpec:
    own = words.kinds.get("case", {}).get(key)
    options = words.case_codes.get(key)
    return own or FieldSpec(key, CASE_LABELS.get(key, key), "code" if options else "text", options=options or {})


def _beside(words: Vocabulary) -> Iterator[tuple[str, Meaning]]:
    """Answers, files, opinions, scores, facts of relations."""
    for one in words.judgements.values():
        if one.about == "case":
            for heading in (f"judged.{one.id}", one.question):
                yield heading, Meaning(f"judged.{one.id}", one.answer)
    for attachment in words.attachments.values():
        spec = FieldSpec(attachment.id, attachment.label, "int")
        for heading in (f"documents.{attachment.id}", attachment.label):
            yield heading, Meaning(f"documents.{attachment.id}", spec)
    for sheet, parties in words.opinions.items():
        for party, label in parties.items():
            yield f"opinions.{sheet}.{party}", Meaning(f"opinions.{sheet}.{party}", FieldSpec(party, label))
    for node, label in words.scores.items():
        yield f"scores.{node}", Meaning(f"scores.{node}", FieldSpec(node, label, "number"))
    for relation, (kind, many) in words.relations.items():
        for key, spec in () if many else words.of_kind(kind).items():
            yield f"{relation}.{key}", Meaning(f"{relation}.{key}", spec)
