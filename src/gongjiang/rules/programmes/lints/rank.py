"""An order says by what, and what happens when two are equal."""

from collections.abc import Iterator

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean

KEYS = ("score", "field", "rule", "opinion_order", "order", "tally")


@lint("rank.ties", "排序须说明并列怎么办")
def ties(draft: Draft) -> Iterator[Finding]:
    """`rank` without `ties`."""
    for path, stage in draft.stages:
        if stage.get("rank") and "ties" not in stage:
            yield Finding(
                (*path, "rank"),
                f"环节“{stage.get('id')}”有排序，未写并列怎么办（ties: equal、meeting 或 draw）。",
                f"Stage '{stage.get('id')}' ranks without saying what happens to ties.",
            )


@lint("rank.key", "排序的每个依据只写一项且须存在")
def keys(draft: Draft) -> Iterator[Finding]:
    """Each key names exactly one thing; fields are known; nodes, rules and stages are checked as references."""
    for path, key in draft.items("stages.*.rank.*"):
        if sum(word in key for word in KEYS) != 1:
            yield Finding(
                path, f"排序依据须恰写一项：{'、'.join(KEYS)}。", f"A rank key is exactly one of {', '.join(KEYS)}."
            )
        word = key.get("field")
        if isinstance(word, str) and draft.names.field(word) is None:
            hint, english = did_you_mean(word, draft.names.ids["field"])
            yield Finding(
                (*path, "field"), f"没有名为“{word}”的字段。{hint}", f"No field '{word}'.{english}", "unknown.field"
            )
