"""All ids that a raw pack and the catalogue define, for checks and their error messages.

Built leniently from plain data, so that a pack with one bad item still has its other names.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ValidationError

from gongjiang.rules.programmes.kinds import LABELS, LIKE, fields_by_kind
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.schema.pack import CatalogueFile

M = TypeVar("M", bound=BaseModel)

REGISTRY: Final = {
    "programme": "text", "award": "text", "tier": "text", "level": "text",
    "date": "date", "until": "date", "state": "text",
}  # fmt: skip
"""Columns of the rows named `registry`: earlier honours."""

LISTED: Final = {
    "param": "params", "question": "questions", "judgement": "judgements", "role": "roles", "subject": "subjects",
    "award": "awards", "field": "fields", "rule": "rules", "exception": "exceptions", "pool": "pools",
    "attachment": "attachments", "opinion": "opinions", "form": "forms", "paper": "papers", "time": "times",
    "stage": "stages", "accountability": "accountability", "obligation": "obligations", "benefit": "benefits",
    "certificate": "certificates", "figure": "composition", "cultivation": "cultivation",
}  # fmt: skip
"""Kind of id and the section whose items carry it."""


@dataclass(frozen=True, slots=True)
class Names:
    """What can be named.

    `fields`: subject kind → field id → field. `groups`: row group → column id → column (`registry` too).
    `relations`: subject kind → relation → kind, or [kind] for a list.
    `parties`: opinion sheet → its parties' ids. `awards`: award → subject kind.
    `ids`: kind of id (param, role, stage, score, tier, clause, route, …) → id → label.
    `shared`: (kind of subject, id) of the fields that the catalogue itself defines.
    """

    fields: Mapping[str, Mapping[str, Field_]]
    groups: Mapping[str, Mapping[str, Field_]]
    relations: Mapping[str, Mapping[str, Any]]
    parties: Mapping[str, tuple[str, ...]]
    awards: Mapping[str, str]
    ids: Mapping[str, Mapping[str, str]]
    shared: frozenset[tuple[str, str]]

    def kinds(self) -> tuple[str, ...]:
        """The subject kinds that the pack honours."""
        return tuple(dict.fromkeys(self.awards.values())) or ("person",)

    def field(self, path: str, rows: str | None = None, kinds: tuple[str, ...] = ()) -> Field_ | None:
        """The field or column at a path, for any kind of subject that the pack honours (or of `kinds`), or None.

        Inside `where` of rows, `rows` names them: `x` is then a column and `subject.x` a field of the subject.
        `leader.x` steps over a relation. Paths into the case (`case.route`) are not fields.
        """
        for kind in kinds or self.kinds():
            found = self._field(path, kind, rows)
            if found is not None:
                return found
        return None

    def columns(self, rows: str) -> Mapping[str, Field_]:
        """What a row of `rows` has: a field of type rows, `registry`, or a relation that is a list. Else nothing."""
        for kind in self.kinds():
            found = self._columns(rows, kind)
            if found:
                return found
        return {}

    def _field(self, path: str, kind: str, rows: str | None) -> Field_ | None:
        head, _, rest = path.partition(".")
        if head == "subject" and rest:
            return self._field(rest, kind, None)
        if rows is not None:
            return self._columns(rows, kind).get(path)
        if not rest:
            return self.fields.get(kind, {}).get(head)
        to = self.relations.get(kind, {}).get(head)
        return self.fields.get(to, {}).get(rest) if isinstance(to, str) else None

    def _columns(self, rows: str, kind: str) -> Mapping[str, Field_]:
        to = self.relations.get(kind, {}).get(rows)
        if isinstance(to, list):
            return self.fields.get(str(to[0]) if to else "", {})
        own = self._field(rows, kind, None)
        if own is not None and own.type == "rows":
            return self.groups.get(own.group or own.id, {})
        return self.groups["registry"] if rows == "registry" else {}


def names_of(raw: Mapping[str, Any], catalogue: CatalogueFile) -> Names:
    """The names in a raw pack (plain data) on top of a catalogue. Items of a wrong shape are left out."""
    return Names(
        fields=_fields(raw, catalogue),
        groups=_groups(raw, catalogue),
        relations={str(one.get("id")): _mapping(one, "has") for one in items(raw, "subjects")},
        parties={str(one.get("id")): tuple(_ids(items(one, "parties"))) for one in items(raw, "opinions")},
        awards={str(one.get("id")): str(one.get("subject", "person")) for one in items(raw, "awards")},
        ids=_all_ids(raw, catalogue),
        shared=frozenset((one.subject, one.id) for one in catalogue.fields),
    )


def items(raw: Mapping[str, Any], section: str) -> list[dict[str, Any]]:
    """The mappings in a list section; whatever has another shape is left to the schema to refuse."""
    found = raw.get(section)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def score_nodes(raw: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """All nodes of all scoring trees, roots first."""
    waiting = items(raw, "scoring")
    while waiting:
        node = waiting.pop(0)
        yield node
        waiting.extend(items(node, "of"))


def _mapping(raw: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = raw.get(key)
    return found if isinstance(found, dict) else {}


def _read(model: type[M], raw: Mapping[str, Any]) -> Iterator[tuple[str, M]]:
    for name, one in raw.items():
        try:
            yield name, model.model_validate(one)
        except ValidationError:
            continue


def _fields(raw: Mapping[str, Any], catalogue: CatalogueFile) -> dict[str, dict[str, Field_]]:
    own = [one for _, one in _read(Field_, {str(i): one for i, one in enumerate(items(raw, "fields"))})]
    added = {str(one.get("id")): str(one.get("like", LIKE)) for one in items(raw, "subjects")}
    return fields_by_kind(catalogue.fields, own, added)


def _groups(raw: Mapping[str, Any], catalogue: CatalogueFile) -> dict[str, dict[str, Field_]]:
    found = {name: {one.id: one for one in group.columns} for name, group in catalogue.groups.items()}
    for name, group in _mapping(raw, "groups").items():
        columns = items(group, "columns") if isinstance(group, dict) else []
        read = dict(_read(Field_, {str(one.get("id")): one for one in columns}))
        found[name] = found.get(name, {}) | read
    found["registry"] = {
        name: Field_.model_validate({"id": name, "label": name, "type": kind}) for name, kind in REGISTRY.items()
    }
    return found


def _ids(found: list[dict[str, Any]]) -> dict[str, str]:
    return {str(one["id"]): str(one.get("label") or one.get("name") or one["id"]) for one in found if one.get("id")}


def _all_ids(raw: Mapping[str, Any], catalogue: CatalogueFile) -> dict[str, dict[str, str]]:
    ids = {kind: _ids(items(raw, section)) for kind, section in LISTED.items()}
    ids["subject"] = {**LABELS, **ids["subject"]}
    ids["field"] = {one.id: one.shown for one in catalogue.fields} | ids["field"]
    ids["group"] = {**{name: one.label for name, one in catalogue.groups.items()}, **_named(raw, "groups")}
    ids["codes"] = {**{name: one.label for name, one in catalogue.codes.items()}, **_named(raw, "codes")}
    ids["table"] = _named(raw, "tables")
    ids["score"] = _ids(list(score_nodes(raw)))
    ids["tier"] = {}
    for award in items(raw, "awards"):
        ids["tier"] |= _ids(items(award, "tiers"))
    ids["route"] = {}
    for stage in items(raw, "stages"):
        ids["route"] |= _ids(items(stage, "routes"))
    ids["clause"] = _ids(items(_mapping(raw, "notice"), "clauses")) | _upper_clauses(raw)
    return ids


def _upper_clauses(raw: Mapping[str, Any]) -> dict[str, str]:
    """Clauses of the notices above, under the names they are cited by."""
    found: dict[str, str] = {}
    for one in items(raw, "uppers"):
        prefix = str(one.get("short") or f"{one.get('id')} ")
        found |= {f"{prefix}{key}": f"{prefix}{key}" for key in _ids(items(_mapping(one, "notice"), "clauses"))}
    return found


def _named(raw: Mapping[str, Any], section: str) -> dict[str, str]:
    return {name: name for name in _mapping(raw, section)}
