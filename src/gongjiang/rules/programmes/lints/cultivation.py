"""A template of the cultivation plan names powers that there are, and an award has one."""

from collections.abc import Iterator
from typing import Any

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import did_you_mean
from gongjiang.rules.programmes.schema.cultivation import POWERS

LONGEST = 120
"""Months of a term that a milestone may lie in."""


@lint("cultivation.power", "培育方案模板里的能力须是列出的能力")
def power(draft: Draft) -> Iterator[Finding]:
    """`power` is one of the entry's powers, or of the five of measures-2025 where it lists none."""
    for path, one in draft.items("cultivation.*"):
        listed = [entry for _, entry in draft.items(f"cultivation.{path[-1]}.powers.*")]
        known = {str(entry.get("id")): "" for entry in listed} or {entry.id: "" for entry in POWERS}
        for kind in ("goals", "measures", "milestones"):
            for at, line in draft.items(f"cultivation.{path[-1]}.template.{kind}.*"):
                word = line.get("power")
                if word and str(word) not in known:
                    hint, english = did_you_mean(str(word), known)
                    yield Finding(
                        (*at, "power"),
                        f"没有名为“{word}”的能力。{hint}",
                        f"No power '{word}' in cultivation '{one.get('id')}'.{english}",
                    )


@lint("cultivation.month", "培育节点的月份须在 1 到 120 之间")
def month(draft: Draft) -> Iterator[Finding]:
    """The month of the term counts from 1."""
    for path, value in draft.find("cultivation.*.template.milestones.*.month"):
        if isinstance(value, int) and not 1 <= value <= LONGEST:
            yield Finding(path, f"月份从 1 数起，到 {LONGEST} 为止，现为 {value}。", f"Months run from 1 to {LONGEST}.")


@lint("cultivation.award", "一个奖项只有一种培育安排")
def award(draft: Draft) -> Iterator[Finding]:
    """One for all awards, or one for each that is named."""
    seen: set[str] = set()
    for path, one in draft.items("cultivation.*"):
        for word in _words(one.get("award")):
            if word in seen:
                whose = f"奖项“{word}”" if word else "未写明奖项的培育"
                yield Finding(path, f"{whose}已有一种安排。", f"A second cultivation for '{word}'.")
            seen.add(word)


def _words(given: Any) -> list[str]:
    return [str(one) for one in given] if isinstance(given, list) else [str(given or "")]
