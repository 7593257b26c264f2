"""Kinds of subject: those of the catalogue, and those that a pack adds by its own name."""

from collections.abc import Iterable, Mapping
from typing import Final

from gongjiang.rules.programmes.schema.fields import Field_

LIKE: Final = "team"
"""A kind that the catalogue doesn't know starts from a team's fields, unless it says `like`."""

LABELS: Final[Mapping[str, str]] = {"person": "人", "unit": "单位", "team": "班组", "studio": "创新工作室"}


def fields_by_kind(
    shared: Iterable[Field_], own: Iterable[Field_], added: Mapping[str, str]
) -> dict[str, dict[str, Field_]]:
    """Kind of subject → field id → field; the case itself is `case`.

    `shared` are the catalogue's, `own` the pack's; `added` are the kinds of section `subjects`, each with the kind
    that it is like (mechanisms 1: 班组 may be called `crew`).
    """
    found: dict[str, dict[str, Field_]] = {"person": {}}
    for one in shared:
        found.setdefault(one.subject, {})[one.id] = one
    for kind, like in added.items():
        if kind not in found:
            found[kind] = dict(found.get(like, {}))
    for one in own:
        found.setdefault(one.subject, {})[one.id] = one
    return found
