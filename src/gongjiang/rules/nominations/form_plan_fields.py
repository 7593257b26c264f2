"""A pack's fields with all their words (label, hint, options, limits), found by the path a form names them by."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongjiang.rules.programmes.kinds import fields_by_kind
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.vocabulary import NOTHING


@dataclass(frozen=True, slots=True)
class FieldBook:
    """`kinds`: kind of subject → id → field; `groups`: row group → id → column; `relations`: name → (kind, many)."""

    kind: str
    kinds: Mapping[str, Mapping[str, Field_]]
    groups: Mapping[str, Mapping[str, Field_]]
    relations: Mapping[str, tuple[str, bool]]
    labels: Mapping[str, str]

    def at(self, path: str) -> Field_ | None:
        """The field at a path of this kind of subject: `x`, `leader.x`, `case.x`."""
        head, _, rest = path.partition(".")
        if not rest:
            return self.kinds.get(self.kind, NOTHING).get(head)
        if head == "case":
            return self.kinds.get("case", NOTHING).get(rest)
        kind, many = self.relations.get(head, ("", True))
        return None if many else self.kinds.get(kind, NOTHING).get(rest)

    def columns(self, path: str) -> Mapping[str, Field_]:
        """Columns of a row group or of a relation to several; else nothing."""
        if path in self.relations:
            kind, many = self.relations[path]
            return self.kinds.get(kind, NOTHING) if many else NOTHING
        own = self.at(path)
        if own is not None and own.type == "rows":
            return self.groups.get(own.group or own.id, NOTHING)
        return self.groups.get(path, NOTHING)

    def label(self, path: str) -> str:
        """What a field, a row group or a relation is called."""
        own = self.at(path)
        return own.shown if own is not None else self.labels.get(path, path)


def field_book(pack: Pack, kind: str) -> FieldBook:
    """The fields of a pack and its catalogue, for an award that honours this kind of subject."""
    kinds = fields_by_kind(pack.catalogue.fields, pack.fields, {one.id: one.like for one in pack.subjects})
    groups: dict[str, dict[str, Field_]] = {}
    for name, group in (*pack.catalogue.groups.items(), *pack.groups.items()):
        groups.setdefault(name, {}).update({one.id: one for one in group.columns})
    words = pack.vocabulary
    labels = {name: words.rows_label(name) for name in (*words.groups, *words.relations)}
    return FieldBook(kind, kinds, groups, words.relations, labels)
