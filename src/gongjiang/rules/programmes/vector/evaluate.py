"""Rules asked of many people: every rule's outcome and reason for everybody."""

from collections.abc import Iterable, Sequence
from typing import Final

import polars as pl

from gongjiang.rules.programmes.blame import OPENED_BY_A_PART, WHEN, Reason
from gongjiang.rules.programmes.conditions import Condition
from gongjiang.rules.programmes.conditions.operands.every import All
from gongjiang.rules.programmes.conditions.operands.n_of import NOf
from gongjiang.rules.programmes.conditions.operands.negation import Not
from gongjiang.rules.programmes.conditions.operands.some import Any_
from gongjiang.rules.programmes.evaluate import ReadyException, ReadyRule
from gongjiang.rules.programmes.vector.applying import applies
from gongjiang.rules.programmes.vector.overlays import Waivers, overlays
from gongjiang.rules.programmes.vector.people import People
from gongjiang.rules.programmes.vector.scene import Plan, Scene
from gongjiang.rules.programmes.vector.verdicts import PLAIN_REASONS, RuleVerdicts, Verdicts

PASS: Final = Reason("pass")
NA: Final = Reason("na")


def evaluate_people(
    rules: Iterable[ReadyRule],
    people: People,
    exceptions: Iterable[ReadyException] = (),
    *,
    reasons: bool = True,
) -> Verdicts:
    """What came of each rule for each person, as `evaluate_rules` and `reason_of` say one by one.

    `reasons` False: outcomes alone. Raises ExceptionsDisagree.
    """
    rules = tuple(rules)
    plan = Plan(people, {one.id: one for one in rules})
    made = [(one, *_compiled(one, plan.main, reasons)) for one in rules]
    waivers = Waivers(exceptions, plan.main)
    plan.run()
    found = {}
    for rule, ways, codes in made:
        verdicts = RuleVerdicts(rule, plan.column(codes.meta.output_name()), tuple(ways))
        found[rule.id] = overlays(verdicts, waivers, people)
    return Verdicts(people.size, found, tuple(dict.fromkeys(plan.by_person)))


def _compiled(rule: ReadyRule, scene: Scene, detailed: bool) -> tuple[list[Reason], pl.Expr]:
    """The reasons that the rule can have, and the place of everybody's among them."""
    ways = [PASS, NA]
    check, when = scene.truth(rule.check), applies(rule, scene)
    if when is None and not detailed:
        return list(PLAIN_REASONS), check
    met = check if when is None else scene.keep(pl.any_horizontal([~when, check]))
    failed = _lead(rule.check, "fail", (), ways, scene, detailed)
    opened = _lead(rule.check, "unknown", (), ways, scene, detailed)
    if when is None:
        open_first = pl.when(met.is_null()).then(opened)  # the cheapest to ask, where nothing is open
        return ways, scene.keep(open_first.when(met).then(_place(PASS, ways)).otherwise(failed))
    if detailed:
        opened = pl.when(check.is_null()).then(opened).otherwise(_place(Reason("unknown", WHEN), ways))
    found = pl.when(~when).then(_place(NA, ways)).when(met).then(_place(PASS, ways)).when(~met).then(failed)
    return ways, scene.keep(found.otherwise(opened))


def _lead(
    node: Condition, outcome: str, way: tuple[int, ...], ways: list[Reason], scene: Scene, detailed: bool
) -> pl.Expr:
    """The way to the part that decided: the first false one of “all”, the first open one of a list."""
    own = _place(Reason(outcome, way), ways)
    parts = _parts(node, outcome) if detailed else ()
    leads = [_lead(part, outcome, (*way, n), ways, scene, detailed) for n, part in enumerate(parts)]
    found = own
    for part, lead in reversed(list(zip(parts, leads, strict=True))):
        truth = scene.truth(part)
        found = pl.when(~truth if outcome == "fail" else truth.is_null()).then(lead).otherwise(found)
    return found


def _parts(node: Condition, outcome: str) -> Sequence[Condition]:
    if isinstance(node, All) or (outcome == "unknown" and node.word in OPENED_BY_A_PART):
        if isinstance(node, All | Any_ | NOf):
            return node.of
        if isinstance(node, Not):
            return (node.inner,)
    return ()


def _place(reason: Reason, ways: list[Reason]) -> pl.Expr:
    """The place of a reason, which is added if it is new."""
    if reason not in ways:
        ways.append(reason)
    return pl.lit(ways.index(reason), pl.UInt8 if len(ways) < 250 else pl.UInt16)
