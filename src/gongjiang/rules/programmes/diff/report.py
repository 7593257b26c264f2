"""A comparison as text for people, and as data for programs."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any, Final

from gongjiang.rules.programmes.diff.compare import Change, Detail, Difference, Part

MARKS: Final = {"added": "＋", "removed": "－", "changed": "～", "cited": "·"}
LINE: Final = 60
"""Two texts no longer than this together stand on one line."""
KINDS: Final = {"added": "新增", "removed": "取消", "changed": "改动", "cited": "只是依据不同"}


def report(found: Difference) -> str:
    """Section by section: counts first, then each item with the clauses of each side."""
    heads = [
        f"{name}：{one.title}（{one.id} {one.version}）" for name, one in (("甲", found.left), ("乙", found.right))
    ]
    if found.same:
        return "\n".join([*heads, "", "两个项目包内容相同。"])
    return "\n".join([*heads, *(line for part in found.parts for line in _part(part))])


def counts(part: Part) -> str:
    """`新增3，取消5，改动2，相同4`."""
    said = [f"{word}{number}" for kind, word in KINDS.items() if (number := part.count(kind))]  # type: ignore[arg-type]
    return "，".join([*said, *([f"相同{part.same}"] if part.same else [])])


def sources(change: Change) -> str:
    """`四(三)年限 → 二.条件`: the clauses of each side; nothing where neither has any."""
    before, after = ("、".join(one) for one in (change.before, change.after))
    if change.kind == "added" or before == after:
        return after
    return before if change.kind == "removed" else f"{before or '无条款'} → {after or '无条款'}"


def as_data(found: Difference) -> dict[str, Any]:
    """Everything by name: left, right, same, parts with their changes."""
    return {"same": found.same, **asdict(found)}


def _part(part: Part) -> Iterator[str]:
    yield ""
    yield f"【{part.label}】{counts(part)}"
    for change in part.changes:
        if change.kind == "cited":
            continue
        where = sources(change)
        yield f"{MARKS[change.kind]} {change.label}" + (f"（{where}）" if where else "")
        if change.gist:
            yield f"    {change.gist}"
        yield from (f"    {line}" for one in change.details for line in _detail(one))
    cited = [
        f"{one.label}（{found}）" if (found := sources(one)) else one.label
        for one in part.changes
        if one.kind == "cited"
    ]
    if cited:
        yield f"· 意思相同，只是依据、编号或写法不同：{'；'.join(cited)}"


def _detail(one: Detail) -> Iterator[str]:
    if not one.before or not one.after:
        yield f"{one.label}：{'去' if one.before else '增'} {one.before or one.after}"
    elif len(one.before) + len(one.after) <= LINE and "→" not in one.before + one.after:
        yield f"{one.label}：{one.before} → {one.after}"
    else:
        yield f"{one.label}："
        yield f"  甲　{one.before}"
        yield f"  乙　{one.after}"
