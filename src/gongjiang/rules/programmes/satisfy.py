"""Invented cases for rehearsals: one that meets all hard rules, one that breaks a given rule.

Walks the conditions and narrows what each value may be; says which rules nobody can meet together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from random import Random
from typing import Final

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.drafts import Budget, Draft, OutOfSteps
from gongjiang.rules.programmes.evaluate import ReadyRule, evaluate_rules, reads_of, with_rules
from gongjiang.rules.programmes.facts import Facts

_TRIES: Final = 400
"""Complete drafts looked at for one goal before giving up."""

Goal = Callable[[Draft], Iterator[Draft]]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A rule that the case could not be made to meet (or break). `beside`: without these rules it could."""

    rule: str
    text: str
    beside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Invented:
    """A submitted case with every needed value chosen, and what could not be had."""

    facts: Facts
    troubles: tuple[Trouble, ...] = ()


def satisfy(rules: Iterable[ReadyRule], facts: Facts, rng: Random) -> Invented:
    """`facts` completed so that all `rules` pass (or don't apply). Values that fit already are kept.

    Case facts that are set (route, award, …) are never changed. The same seed gives the same case.
    """
    rules = tuple(rules)
    start = _start(rules, facts, rng)
    found = _search(start, [_passing(rule) for rule in rules], lambda made: _all_pass(rules, made))
    if found is not None:
        return Invented(found)
    return _greedy(rules, start)


def violate(rules: Iterable[ReadyRule], rule: str, facts: Facts, rng: Random) -> Invented:
    """`facts` completed so that one rule fails and the others pass as far as they can."""
    rules = tuple(rules)
    broken = next(one for one in rules if one.id == rule)
    others = tuple(one for one in rules if one.id != rule)
    start = _start(rules, facts, rng)
    goals = [_failing(broken), *(_passing(one) for one in others)]
    found = _search(start, goals, lambda made: _fails(broken, rules, made) and _all_pass(others, made, rules))
    if found is not None:
        return Invented(found)
    alone = _search(start, goals[:1], lambda made: _fails(broken, rules, made))
    if alone is None:
        return Invented(start.facts(), (Trouble(rule, f"造不出不符合“{broken.shown}”的人选。"),))
    kept, troubles = _added(others, start, [_failing(broken)], rules)
    made = _search(start, [_failing(broken), *map(_passing, kept)], lambda facts: _fails(broken, rules, facts))
    return Invented(made or alone, troubles)


def _start(rules: Sequence[ReadyRule], facts: Facts, rng: Random) -> Draft:
    return Draft(with_rules(rules, facts), rng, seed=str(rng.random()))


def _passing(rule: ReadyRule) -> Goal:
    def goal(draft: Draft) -> Iterator[Draft]:
        if rule.other_award(draft.base):
            yield draft
            return
        applies, _ = rule.applies(draft.base)
        spared = rule.when.aim(draft, False) if rule.when else iter(())
        ways = (spared, rule.aim(draft, True)) if applies is Truth.FALSE else (rule.aim(draft, True), spared)
        for way in ways:
            yield from way

    return goal


def _failing(rule: ReadyRule) -> Goal:
    def goal(draft: Draft) -> Iterator[Draft]:
        if rule.other_award(draft.base):
            return
        for applying in rule.when.aim(draft, True) if rule.when else iter((draft,)):
            yield from rule.check.aim(applying, False)

    return goal


def _search(start: Draft, goals: list[Goal], fits: Callable[[Facts], bool]) -> Facts | None:
    """The first complete draft that really fits: aiming guides, evaluating decides."""
    try:
        for draft in islice(_chain(replace(start, budget=Budget()), tuple(goals)), _TRIES):
            made = draft.facts()
            if fits(made):
                return made
    except OutOfSteps:
        return None
    return None


def _chain(draft: Draft, goals: tuple[Goal, ...]) -> Iterator[Draft]:
    """All goals, then the upper bounds that were put off. Raises OutOfSteps when it takes too long."""
    if not goals and draft.late:
        draft, goals = replace(draft, late=()), draft.late
    if not goals:
        yield draft
        return
    for narrowed in goals[0](draft):
        yield from _chain(narrowed, goals[1:])


def _greedy(rules: Sequence[ReadyRule], start: Draft) -> Invented:
    kept, troubles = _added(rules, start, [], rules)
    made = _search(start, [_passing(one) for one in kept], lambda facts: _all_pass(kept, facts, rules))
    return Invented(made if made is not None else start.facts(), troubles)


def _added(
    wanted: Sequence[ReadyRule], start: Draft, goals: list[Goal], rules: Sequence[ReadyRule]
) -> tuple[list[ReadyRule], tuple[Trouble, ...]]:
    """Rules that can be met together, taken in order, and those that could not be added."""
    kept: list[ReadyRule] = []
    troubles = []
    for rule in wanted:
        trial = [*kept, rule]
        if _reach(trial, start, goals, rules):
            kept.append(rule)
        else:
            troubles.append(_trouble(rule, kept, start, rules))
    return kept, tuple(troubles)


def _trouble(rule: ReadyRule, kept: Sequence[ReadyRule], start: Draft, rules: Sequence[ReadyRule]) -> Trouble:
    if not _reach([rule], start, [], rules):
        return Trouble(rule.id, _alone(rule, start, rules))
    beside = tuple(one for one in kept if not _reach([one, rule], start, [], rules)) or tuple(kept)
    names = "、".join(f"“{one.shown}”" for one in beside)
    return Trouble(rule.id, f"“{rule.shown}”与{names}不能同时符合。", tuple(one.id for one in beside))


def _alone(rule: ReadyRule, start: Draft, rules: Sequence[ReadyRule]) -> str:
    """Why nobody meets a rule by itself: a value that is still open, or the rule."""
    outcome = evaluate_rules((rule,), with_rules(rules, start.facts()))[0]
    settled = {"param", "registry"}
    params = {read.key for read in reads_of(rule, {one.id: one for one in rules}) if read.kind == "param"}
    open_params = [name for name in sorted(params) if isinstance(start.base.param(name), Unknown)]
    names = [start.words.params[name].label or name for name in open_params]
    names += [one.label for one in outcome.missing if one.kind in settled and one.key not in open_params]
    if names:
        return f"“{rule.shown}”能否符合，要等确定：{'、'.join(dict.fromkeys(names))}。"
    return f"没有人能符合“{rule.shown}”。"


def _reach(wanted: Sequence[ReadyRule], start: Draft, goals: list[Goal], rules: Sequence[ReadyRule]) -> bool:
    aims = [*goals, *(_passing(one) for one in wanted)]
    return _search(start, aims, lambda facts: _all_pass(wanted, facts, rules)) is not None


def _all_pass(rules: Sequence[ReadyRule], facts: Facts, known: Sequence[ReadyRule] = ()) -> bool:
    ready = with_rules(known or rules, facts)
    return all(one.outcome in {"pass", "na"} for one in evaluate_rules(rules, ready))


def _fails(rule: ReadyRule, rules: Sequence[ReadyRule], facts: Facts) -> bool:
    return evaluate_rules((rule,), with_rules(rules, facts))[0].outcome == "fail"
