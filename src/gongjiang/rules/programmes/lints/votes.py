"""Words of how experts' sheets are put together and how a meeting votes are known ones, whatever is answered."""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.scores import LEAVES, nodes
from gongjiang.rules.programmes.problems import Path, did_you_mean

#: rules/scoring/aggregate.py and rules/meetings/ballot.py know what each means.
AGGREGATES: Final = ("mean", "drop_ends", "median", "sum", "additive", "linear")
CALIBRATED: Final = frozenset({"additive", "linear"})
VOTES: Final = {
    "quorum": ("half", "two_thirds", "all"),
    "majority": ("half", "two_thirds", "all"),
    "of": ("members", "present"),
}
BENT: Final = ("weight", "share", "start", "min", "round_to", "scale", "award", "when")


@lint("score.aggregate", "专家评分的汇总方式须是认识的")
def aggregates(draft: Draft) -> Iterator[Finding]:
    """`aggregate` and every answer it can take."""
    for path, root in draft.items("scoring.*"):
        yield from _unknown(draft, (*path, "aggregate"), root.get("aggregate"), AGGREGATES)


@lint("score.calibrated", "校准须是分项直接相加的评分表，每人至少两位专家")
def calibrations(draft: Draft) -> Iterator[Finding]:
    """Where the rule is a calibration: judged leaves that simply add up. What an answer would make it is looked at
    once it is given (services/programmes/calibrations)."""
    trees: dict[str, bool] = {}
    for path, node, depth in nodes(draft):
        root = str(path[1])
        if depth == 1:
            trees[root] = bool(CALIBRATED & set(_held(draft, node.get("aggregate"))))
            least = node.get("scorers", {}).get("at_least") if isinstance(node.get("scorers"), dict) else None
            wanted = draft.number(least)
            if trees[root] and (wanted is None or wanted < 2) and not _asked(draft, least):
                yield Finding((*path, "aggregate"), "校准须每人至少两位专家评分（scorers）。", "Two experts each.")
        if not trees.get(root):
            continue
        bent = next((one for one in BENT if node.get(one) is not None and (one != "award" or depth > 1)), None)
        other = next((one for one in LEAVES if one != "judged" and node.get(one) is not None), None)
        if bent or other or node.get("take", "sum") != "sum":
            yield Finding(
                path,
                f"“{node.get('id')}”有“{bent or other or 'take'}”：校准的是各专家的总分，评分表须是打分项直接相加。",
                f"'{node.get('id')}' doesn't simply add up; calibrations need a plain sum of judged leaves.",
            )


@lint("stage.vote", "会议表决办法须是认识的")
def votes(draft: Draft) -> Iterator[Finding]:
    """`vote: {quorum, majority, of}` and every answer each can take."""
    for path, stage in draft.items("stages.*"):
        vote = stage.get("vote")
        for key, words in VOTES.items() if isinstance(vote, dict) else ():
            yield from _unknown(draft, (*path, "vote", key), vote.get(key), words)  # type: ignore[union-attr]


def _unknown(draft: Draft, path: Path, value: Any, words: tuple[str, ...]) -> Iterator[Finding]:
    for one in _taken(draft, value):
        if one not in words:
            hint, english = did_you_mean(one, words)
            yield Finding(path, f"“{one}”不认识，只能是 {'、'.join(words)}。{hint}", f"'{one}' is unknown.{english}")


def _taken(draft: Draft, value: Any) -> list[str]:
    """Every word that a value can take: itself, or its param's value and what its question may be answered with."""
    if value is None or isinstance(value, dict | list):
        return []
    name, found = str(value), _held(draft, value)
    for _, param in draft.items("params.*"):
        for _, question in draft.items("questions.*"):
            answer, asks = question.get("answer"), param.get("ask")
            if f"${param.get('id')}" != name or question.get("id") != asks or not isinstance(answer, dict):
                continue
            options = answer.get("one_of")
            found += [str(one) for one in options] if isinstance(options, dict | list) else []
    return list(dict.fromkeys(found))


def _held(draft: Draft, value: Any) -> list[str]:
    """The word that a value is as the pack stands, at most one."""
    if value is None or isinstance(value, dict | list):
        return []
    held = draft.params.get(str(value)[1:]) if str(value).startswith("$") else value
    return [] if held is None or isinstance(held, dict | list) else [str(held)]


def _asked(draft: Draft, value: Any) -> bool:
    """Is the number somebody's answer, and not known yet?"""
    return isinstance(value, str) and value.startswith("$") and draft.params.get(value[1:]) is None
