"""What a merge of two packs works with: sections, what makes items the same, and what comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.problems import Path
from gongjiang.rules.programmes.source import Mark, Source

LISTS: Final = (
    "params", "questions", "judgements", "roles", "subjects", "awards", "fields", "rules", "forbidden_criteria",
    "exceptions", "pools", "allocations", "scoring", "attachments", "opinions", "forms", "papers", "times",
    "accountability", "obligations", "processes", "certificates", "cultivation", "benefits", "targets", "composition",
)  # fmt: skip
"""Sections that are lists; items with the same id are one. `stages` has an order of its own."""

NAMED: Final = ("codes", "tables", "groups")
"""Sections keyed by name."""

GROWING: Final = {"codes": "items", "groups": "columns"}
"""What a lower pack writes here is added to what the upper has."""


def key_of(section: str, item: Any) -> str:
    """What makes two items the same one: the id; a field's with its kind of subject; a target's label."""
    if not isinstance(item, dict):
        return ""
    if section == "targets":
        return str(item.get("label") or "")
    if section == "forbidden_criteria":
        return ""
    kind = str(item.get("subject", "person")) if section == "fields" else "person"
    name = str(item.get("id") or "")
    return name if kind == "person" else f"{kind}.{name}"


def prefix_of(data: Mapping[str, Any]) -> str:
    """Under which name the clauses of a pack's notice are cited from below."""
    header = data.get("pack")
    header = header if isinstance(header, dict) else {}
    return str(header.get("short") or f"{header.get('id')} ")


def version_of(data: Mapping[str, Any]) -> str:
    """measures-2025@1.0.0"""
    header = data.get("pack")
    header = header if isinstance(header, dict) else {}
    return f"{header.get('id')}@{header.get('version')}"


def own_clauses(data: Mapping[str, Any]) -> frozenset[str]:
    """Ids of the clauses of the pack's own notice."""
    notice = data.get("notice")
    return (
        frozenset(str(one.get("id")) for one in items(notice, "clauses")) if isinstance(notice, dict) else frozenset()
    )


@dataclass(frozen=True, slots=True)
class Laid:
    """An upper item with a lower one over it. `path`: of the lower item in its file; `at`: in the merged pack."""

    section: str
    id: str
    upper: Mapping[str, Any]
    lower: Mapping[str, Any]
    path: Path


@dataclass(frozen=True, slots=True)
class Dropped:
    """An upper item that the merged pack does not have. `path`: where the lower pack says so."""

    section: str
    id: str
    upper: Mapping[str, Any]
    path: Path


@dataclass
class Merged:
    """What came of a merge."""

    data: dict[str, Any] = field(default_factory=dict)
    values: dict[Path, Mark] = field(default_factory=dict)
    keys: dict[Path, Mark] = field(default_factory=dict)
    laid: list[Laid] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    def source(self, lower: Source) -> Source:
        """The merged pack as a source; problems are told in the file where the word stands."""
        return Source(lower.file, lower.text, self.data, self.values, self.keys)
