"""Paths outside conditions lead to facts that exist: keys of tables, pools and lists, what points are counted from."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.scores import nodes
from gongjiang.rules.programmes.problems import Path, did_you_mean

OF_CASE: Final = frozenset({"award", "tier", "route", "nominator", "exception", "subject"})
INSIDE: Final[Mapping[str, tuple[str, ...]]] = {
    "rate": ("field", "every", "above", "below", "points", "first", "each_more", "round"),
    "each": ("by", "take", "max"),
    "per_row": ("give", "when", "else", "lookup", "rate", "import", "share"),
    "judged": ("by",),
    "scorers": ("at_least",),
}
"""Keys of the mappings inside a scoring node."""
TAKES: Final = ("sum", "highest", "lowest", "mean")


@lint("unknown.field", "路径须指向已有的字段、列或案卷事实")
def paths(draft: Draft) -> Iterator[Finding]:
    """Groups and values of pools and figures, lists of their own, groups of judgements, keys of tables."""
    for pattern in (
        "pools.*.per", "pools.*.count.distinct", "composition.*.count.distinct", "stages.*.per", "stages.*.grouped",
        "judgements.*.about.each",
    ):  # fmt: skip
        for path, word in draft.words(pattern):
            if not _known(word, draft):
                yield _unknown(path, word, draft)
    columns = {one for group in draft.names.groups.values() for one in group}
    anything = {one for fields in draft.names.fields.values() for one in fields}
    for path, word in draft.words("tables.*.by"):
        if word not in columns | anything and not _known(word, draft):
            yield _unknown(path, word, draft)


@lint("score.path", "计分所据须是已有的字段或列")
def counted(draft: Draft) -> Iterator[Finding]:
    """`rate.field`, `import`, `share` and `each.by` of scoring nodes; inside rows a column, else a field."""
    for path, node, _ in nodes(draft):
        group = node.get("rows")
        rows = group if isinstance(group, str) else None
        if rows is not None and not draft.names.columns(rows):
            yield _unknown((*path, "rows"), rows, draft, draft.names.ids["group"])
            continue
        for at, word in _read(path, node):
            if not _known(word, draft, rows if "per_row" in at or "each" in at or "rate" in at else None):
                yield _unknown(at, word, draft, draft.names.columns(rows) if rows else None)


@lint("score.word", "计分项里只能用已有的词")
def words(draft: Draft) -> Iterator[Finding]:
    """Keys of the mappings inside a scoring node, and how several rows of one key are taken."""
    for path, node, _ in nodes(draft):
        for key, allowed in INSIDE.items():
            inside = node.get(key)
            for word in inside if isinstance(inside, dict) else ():
                if word not in allowed:
                    hint, english = did_you_mean(word, allowed)
                    yield Finding((*path, key, word), f"{key} 里不认识“{word}”。{hint}", f"Unknown '{word}'.{english}")
        each = node.get("each")
        take = each.get("take", "sum") if isinstance(each, dict) else "sum"
        if not isinstance(take, str) or take not in TAKES:
            yield Finding(
                (*path, "each", "take"), f"take 只能是 {'、'.join(TAKES)}。", f"take is one of {', '.join(TAKES)}."
            )


def _read(path: Path, node: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    """Every path that a node reads by itself."""
    for keys in (
        ("rate", "field"), ("import",), ("share",), ("each", "by"), ("per_row", "share"), ("per_row", "rate", "field"),
        ("per_row", "import"),
    ):  # fmt: skip
        value: Any = node
        for key in keys:
            value = value.get(key) if isinstance(value, dict) else None
        if isinstance(value, str):
            yield (*path, *keys), value


def _known(word: str, draft: Draft, rows: str | None = None) -> bool:
    head, _, rest = word.partition(".")
    if head == "case" and rest:
        return rest in OF_CASE or rest in draft.names.ids["role"] or rest in draft.names.fields.get("case", {})
    if word == "subject":
        return True
    return draft.names.field(word, rows) is not None or (rows is not None and draft.names.field(word) is not None)


def _unknown(path: Path, word: str, draft: Draft, known: Mapping[str, Any] | None = None) -> Finding:
    near = known or draft.names.ids["field"]
    hint, english = did_you_mean(word, near)
    return Finding(
        path, f"没有名为“{word}”的字段或列。{hint}", f"No field or column '{word}'.{english}", "unknown.field"
    )
