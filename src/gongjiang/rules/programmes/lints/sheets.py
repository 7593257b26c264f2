"""What experts' sheets are made of can be used: whole experts, steps that a score can take, a plain yes or no."""

from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.scores import nodes
from gongjiang.rules.programmes.problems import Path

#: Words that `blind`, `explain`, `secret` may be, as services read them.
YES_NO: Final = frozenset({"true", "false", "yes", "no", "是", "否"})


@lint("score.scorers", "每个对象的专家数须是不小于1的整数")
def scorers(draft: Draft) -> Iterator[Finding]:
    """`scorers: {at_least}`: an expert is there or isn't."""
    for path, value in draft.find("scoring.*.scorers.at_least"):
        number = draft.number(value)
        if number is not None and (number < 1 or number.denominator != 1):
            yield Finding(path, "每个对象的专家数须是不小于1的整数。", "A whole number of experts, one at least.")


@lint("score.step", "打分的步长须大于零，不大于满分")
def steps(draft: Draft) -> Iterator[Finding]:
    """`step` of a leaf: a score above zero can be given, and no sheet divides by nothing."""
    for path, node, _ in nodes(draft):
        step, most = draft.number(node.get("step")), draft.number(node.get("max"))
        if step is None:
            continue
        if step <= 0:
            yield Finding((*path, "step"), "步长（step）须大于零。", "A step is above 0.")
        elif most is not None and step > most:
            yield Finding((*path, "step"), "步长（step）大于满分，打不出分。", "Steps above the maximum give 0 only.")


@lint("stage.yes_no", "是否匿名、是否说明得分、是否无记名须答是或否")
def answers(draft: Draft) -> Iterator[Finding]:
    """`blind` and `explain` of a panel, `secret` of a vote: anything else would quietly be a no."""
    for key in ("blind", "explain", "vote.secret"):
        for path, value in draft.find(f"stages.*.{key}"):
            yield from _answer(draft, path, value)


def _answer(draft: Draft, path: Path, value: object) -> Iterator[Finding]:
    held = draft.params.get(value[1:]) if isinstance(value, str) and value.startswith("$") else value
    if held is not None and (not isinstance(held, bool | str) or str(held).lower() not in YES_NO):
        yield Finding(path, f"“{held}”不是“是”或“否”（true、false）。", f"'{held}' is neither yes nor no.")
