"""An id names one thing: no doubled ids within a section, none that the catalogue has already given away."""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.lints.draft import Draft, walk
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path

SECTIONS: Final = (
    "params", "questions", "judgements", "roles", "subjects", "awards", "rules", "exceptions", "pools", "attachments",
    "opinions", "forms", "papers", "times", "stages", "accountability", "obligations", "benefits", "composition",
    "certificates", "allocations", "cultivation", "notice.clauses",
)  # fmt: skip
INNER: Final = (
    "awards.*.tiers", "opinions.*.parties", "stages.*.routes", "stages.*.objections.outcomes",
    "cultivation.*.powers", "cultivation.*.mentors",
)  # fmt: skip
RESERVED: Final = frozenset({"edition", "register"})


@lint("doubled", "编号不得重复")
def doubled_ids(draft: Draft) -> Iterator[Finding]:
    """Within each section, each list of tiers, parties, routes and outcomes, and over all scoring trees."""
    for section in SECTIONS:
        yield from _doubles(((path, one.get("id")) for path, one in draft.items(f"{section}.*")), draft)
    for pattern in INNER:
        for path, found in draft.find(pattern):
            inside = found if isinstance(found, list) else []
            yield from _doubles(
                (((*path, i), one.get("id")) for i, one in enumerate(inside) if isinstance(one, dict)), draft
            )
    nodes = (
        (path, one.get("id"))
        for path, one in walk(draft.data.get("scoring"), ("scoring",))
        if isinstance(one, dict) and path and isinstance(path[-1], int) and (len(path) == 2 or path[-2] == "of")
    )
    yield from _doubles(nodes, draft)


@lint("doubled.field", "字段、选项、明细列、代码不得重复")
def doubled_fields(draft: Draft) -> Iterator[Finding]:
    """Fields by kind of subject; options of a field; columns of a group; words of a code list."""
    seen: list[tuple[Path, Any]] = []
    for path, one in draft.items("fields.*"):
        kind = str(one.get("subject", "person"))
        seen.append((path, f"{one.get('id')}" if kind == "person" else f"{kind}.{one.get('id')}"))
        if (kind, str(one.get("id"))) in draft.names.shared:
            yield Finding(
                (*path, "id"),
                f"字段“{one.get('id')}”在共用字段目录里已有，编号不得改义：请直接使用，或换一个编号。",
                f"Field '{one.get('id')}' is in the shared catalogue: use it, or take another id.",
                "doubled.catalogue",
            )
    yield from _doubles(iter(seen), draft)
    for pattern, key in (("fields.*.options", "code"), ("groups.*.columns", "id"), ("codes.*.items", "code")):
        for path, found in draft.find(pattern):
            inside = found if isinstance(found, list) else []
            yield from _doubles(
                (((*path, i), one.get(key) if isinstance(one, dict) else one) for i, one in enumerate(inside)), draft
            )


@lint("reserved", "环节编号不得用 edition、register")
def reserved_ids(draft: Draft) -> Iterator[Finding]:
    """These two name lists of their own in pools."""
    for path, one in draft.stages:
        if str(one.get("id")) in RESERVED:
            yield Finding(
                (*path, "id"), f"“{one['id']}”是保留词，环节请换一个编号。", f"'{one['id']}' is a reserved word."
            )


def _doubles(found: Iterator[tuple[Path, Any]], draft: Draft) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, word in found:
        if not isinstance(word, str):
            continue
        if word in first:
            line = draft.source.mark(first[word]).line
            yield Finding(
                path, f"编号“{word}”重复：第{line}行已有。", f"Id '{word}' is doubled: it stands on line {line} too."
            )
        else:
            first[word] = path
