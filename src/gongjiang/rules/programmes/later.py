"""Words of the general format that this version doesn't run yet: told as such, never as a typing mistake.

A word that would change who is chosen and is not carried out must not be taken in silence.
"""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.problems import PackProblem, Path
from gongjiang.rules.programmes.source import Source

KEYS: Final[dict[tuple[str, ...], dict[str, str]]] = {
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
    ("awards", "*"): {"cycle": "评选周期"},
}
"""Keys by the mapping they stand in; `*` is any item."""

NOTED: Final[dict[tuple[str, ...], dict[str, str]]] = {
    ("stages", "*"): {
        "grouped": "分组评审：平台按一份名单排序，分组由评审会掌握",
        "mode": "现场审核的方式",
    },
}
"""Keys that are taken, printed and kept, but that nothing here acts on: a warning says so."""


def noted_of(stage: object) -> tuple[str, ...]:
    """What the notice asks of a stage and people must see to themselves, as its pages say it."""
    words = NOTED[("stages", "*")]
    return tuple(text for key, text in words.items() if getattr(stage, key, None) not in (None, False, "paper"))


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
        noted = None if value == "paper" else NOTED.get(_around(path), {}).get(str(path[-1]))
        if noted is not None:
            yield source.problem(
                path,
                f"noted.{path[-1]}",
                f"“{path[-1]}”（{noted}）只作记录，平台不据此办理。",
                f"'{path[-1]}' is kept as a note; nothing acts on it.",
                "warning",
            )


def _later(path: Path, value: Any) -> tuple[str, str] | None:
    word = str(path[-1]) if path else ""
    if path[:1] == ("stages",) and len(path) == 3 and word == "type" and str(value) in STAGE_TYPES:
        return str(value), STAGE_TYPES[str(value)]
    if path[:1] == ("stages",) and word == "registers" and isinstance(value, dict):
        return word, "未入选者也入库"
    if path[:1] == ("scoring",) and word == "tally":
        return word, "按得票计分"
    what = _key(path)
    return None if what is None else (word, what)


def _key(path: Path) -> str | None:
    return KEYS.get(_around(path), {}).get(str(path[-1]))


def _around(path: Path) -> tuple[str, ...]:
    return tuple("*" if isinstance(one, int) else str(one) for one in path[:-1])


def _walk(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if path:
        yield path, value
    if path[:1] == ("tests",):
        return
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from _walk(one, (*path, key))
