"""For whom a rule is: its awards and its `when`."""

import polars as pl

from gongjiang.kernel.truth import UNKNOWN, truth
from gongjiang.rules.programmes.evaluate import ReadyRule
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector.people import Need
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import by_code


def applies(rule: ReadyRule, scene: Scene) -> pl.Expr | None:
    """Is the rule for each of them? None: it is for everybody."""
    found = []
    if rule.award:
        coded = scene.need(Need("award", "award", read=_award)).coded()
        found.append(scene.keep(by_code(scene.put(coded.codes), [truth(one in rule.award) for one in coded.values])))
    if rule.when is not None:
        found.append(scene.truth(rule.when))
    if len(found) == 2:
        return scene.keep(pl.all_horizontal(found))
    return found[0] if found else None


def _award(facts: Facts, row: Row | None) -> Value:
    award = facts.case.get("award")
    return UNKNOWN if award is None else str(award)
