"""Words of the general format that this version doesn't run yet: told as such, never as a typing mistake.

A word that would change who is chosen and is not carried out must not be taken in silence.
"""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.problems import PackProblem, Path
from gongjiang.rules.programmes.source import Source

SECTIONS: Final = {
    "processes": "命名后的流程（年度考核、复核、退出等）",
    "cycle": "评选周期",
    "term": "管理期",
    "departs": "与上级办法不一致之处",
    "allocations": "按因素分配名额",
}
"""Sections."""

KEYS: Final[dict[tuple[str, ...], dict[str, str]]] = {
    ("pack",): {"extends": "沿用上级项目包"},
    ("stages", "*"): {
        "composition": "评委组成要求",
        "veto": "一票否决",
        "needs": "环节须交的照片、报告",
        "voters": "投票",
        "ballot": "投票",
        "channels": "投票",
        "fraud": "投票",
        "quorum": "会议到会人数",
        "majority": "会议表决",
        "phone_hours": "受理电话的时段",
    },
    ("stages", "*", "rank", "*"): {"tally": "按得票排序"},
    ("times", "*"): {"extended": "在包里延期（届次开始后可在平台上延期）", "per": "分单位的时限"},
    ("awards", "*"): {"cycle": "评选周期", "term": "管理期"},
}
"""Keys by the mapping they stand in; `*` is any item."""

STAGE_TYPES: Final = {"vote": "投票（环节）", "follow": "跟踪（环节）"}


def later_problems(source: Source) -> Iterator[PackProblem]:
    """Everything a pack asks for that this version can't do."""
    for path, value in _walk(source.data, ()):
        found = _later(path, value)
        if found is not None:
            word, what = found
            yield source.problem(
                path,
                f"later.{word}",
                f"本版本尚不支持“{word}”（{what}）：请先删去，由人工办理。",
                f"'{word}' is not supported in this version.",
            )


def _later(path: Path, value: Any) -> tuple[str, str] | None:
    word = str(path[-1]) if path else ""
    if path[:1] == ("stages",) and len(path) == 3 and word == "type" and value in STAGE_TYPES:
        return str(value), STAGE_TYPES[str(value)]
    if path[:1] == ("stages",) and word == "registers" and isinstance(value, dict):
        return word, "未入选者也入库"
    if path[:1] == ("scoring",) and word == "tally":
        return word, "按得票计分"
    what = _key(path)
    return None if what is None else (word, what)


def _key(path: Path) -> str | None:
    if len(path) == 1:
        return SECTIONS.get(str(path[0]))
    around = tuple("*" if isinstance(one, int) else str(one) for one in path[:-1])
    return KEYS.get(around, {}).get(str(path[-1]))


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if path:
        yield path, value
    if path[:1] == ("tests",):
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from _walk(one, (*path, key))
