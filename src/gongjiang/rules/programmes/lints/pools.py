"""Pools count parts of lists: of the same list, without circles, with bounds that can be met."""

from collections.abc import Iterator
from typing import Any

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.forms import asked_fields
from gongjiang.rules.programmes.lints.lint import Finding, lint

BOUNDS = ("at_most", "at_least", "exactly")


@lint("pool.parent", "口径的上级须在同一名单")
def parents(draft: Draft) -> Iterator[Finding]:
    """`in` names a pool on the same list, and never leads back to itself."""
    pools = {str(one.get("id")): one for _, one in draft.pools}
    for path, one in draft.pools:
        parent = pools.get(str(one["in"])) if "in" in one else None
        if parent is not None and parent.get("on") != one.get("on"):
            yield Finding(
                (*path, "in"),
                f"口径“{one.get('id')}”在名单“{one.get('on')}”上，它的上级“{one['in']}”却在“{parent.get('on')}”上。",
                f"Pool '{one.get('id')}' is on '{one.get('on')}', its parent '{one['in']}' on '{parent.get('on')}'.",
            )
        for key in ("in", "of"):
            if _circle(str(one.get("id")), key, pools):
                yield Finding(
                    (*path, key),
                    f"口径“{one.get('id')}”的 {key} 绕回了自己。",
                    f"'{key}' leads back to the pool itself.",
                )


@lint("pool.bounds", "口径的上下限须能同时满足")
def bounds(draft: Draft) -> Iterator[Finding]:
    """A percent needs a whole to be a share of; the least is not above the most; a table needs `per`."""
    for path, one in draft.items("pools.*"):
        name = one.get("id")
        for key in BOUNDS:
            if (
                isinstance(one.get(key), str)
                and one[key].strip().endswith("%")
                and not (one.get("in") or one.get("of"))
            ):
                yield Finding(
                    (*path, key),
                    f"口径“{name}”的 {one[key]} 没有说是谁的百分之几：请写 in 或 of。",
                    f"Pool '{name}': {one[key]} of what? Write in or of.",
                )
            if key in one and draft.number(one[key]) is None and not draft.later(one[key]):
                yield Finding(
                    (*path, key),
                    f"口径“{name}”的 {key} 须是整数、$参数或百分数（如 30%），现为“{one[key]}”。",
                    f"Pool '{name}': {key} is a number, a $param or a percent such as 30%.",
                )
        low, high = draft.number(one.get("at_least")), draft.number(one.get("at_most"))
        if low is not None and high is not None and low > high:
            yield Finding(
                (*path, "at_least"),
                f"口径“{name}”的下限高于上限。",
                f"Pool '{name}': at_least is above at_most.",
            )
        if one.get("table") and not one.get("per"):
            yield Finding(path, f"口径“{name}”用表分配，须写 per。", f"Pool '{name}' has a table: write per.")


@lint("pool.unasked", "口径所数的字段要有表单填写", severity="warning")
def unasked(draft: Draft) -> Iterator[Finding]:
    """A pool that counts by a field which no form asks for would mostly count unknowns."""
    asked = asked_fields(draft)
    for path, one in draft.items("pools.*"):
        if not any(key in one for key in BOUNDS):
            continue
        for at, node, rows in draft.parts((*path, "where")):
            word = node.get("field")
            if rows is None and isinstance(word, str) and "." not in word and word not in asked:
                field = draft.names.field(word)
                if field is not None and not field.derived:
                    yield Finding(
                        (*at, "field"),
                        f"口径“{one.get('id')}”按“{field.shown}”来数，但没有表单填写它：将由补充信息表收集。",
                        f"Pool '{one.get('id')}' counts by '{word}', which no form asks for.",
                    )


def _circle(name: str, key: str, pools: dict[str, dict[str, Any]]) -> bool:
    at: Any = name
    for _ in range(len(pools) + 1):
        at = pools.get(str(at), {}).get(key)
        if at == name:
            return True
    return False
