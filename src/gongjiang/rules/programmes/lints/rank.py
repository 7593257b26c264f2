"""An order says by what, and what happens when two are equal."""

from collections.abc import Iterator

from gongjiang.kernel.rounding import ROUNDINGS
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.lints.moments import Moment, needs, scored_at
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


@lint("rank.too_early", "排序所据的得分、规则与名次须已有")
def too_early(draft: Draft) -> Iterator[Finding]:
    """A key that only a later stage settles: a score, an earlier list's order, what a rule reads."""
    rules = {str(one.get("id")): path for path, one in draft.items("rules.*")}
    for place, (path, stage) in enumerate(draft.stages):
        for at, key in draft.items(".".join(map(str, (*path, "rank", "*")))):
            score, rule, earlier = key.get("score"), key.get("rule"), key.get("order")
            moments = [scored_at(score, draft)] if isinstance(score, str) else []
            if isinstance(rule, str) and rule in rules:
                moments += [moment for _, moment in needs(rules[rule], draft)]
            late = [one for one in moments if one is not None and one.place > place]
            if isinstance(earlier, str) and draft.stage_order.get(earlier, -1) >= place:
                late.append(Moment(place, earlier, f"“{earlier}”的名次"))
            for one in late:
                yield Finding(
                    at,
                    f"环节“{stage.get('id')}”按{one.what}排序，而它到“{one.stage}”才有。",
                    f"Stage '{stage.get('id')}' ranks by what '{one.stage}' settles only later.",
                )


@lint("keep.round", "取整方式须是已知的一种")
def rounding(draft: Draft) -> Iterator[Finding]:
    """`round` of a stage's keep, by itself or by the param's answers."""
    for path, word in draft.words("stages.*.keep.round"):
        value = draft.params.get(word[1:]) if word.startswith("$") else word
        if value is not None and value not in ROUNDINGS:
            yield Finding(
                path,
                f"取整方式“{value}”不认识，只有：{'、'.join(ROUNDINGS)}。",
                f"Rounding '{value}' is not one of {', '.join(ROUNDINGS)}.",
            )


@lint("keep.size", "名额与比例须是正数")
def sizes(draft: Draft) -> Iterator[Finding]:
    """`places` and `per_place` are numbers above 0, or a param that is settled during the run."""
    for key in ("places", "per_place"):
        for path, value in draft.find(f"stages.*.keep.{key}"):
            if draft.later(value):
                continue
            number = draft.number(value)
            if number is None or number <= 0:
                yield Finding(path, f"“{key}”须是正数，现为“{value}”。", f"'{key}' must be a number above 0.")
