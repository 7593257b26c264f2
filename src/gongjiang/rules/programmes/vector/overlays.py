"""What lies over an outcome: exceptions granted on record, reasons accepted for soft rules."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import or_

import polars as pl

from gongjiang.rules.programmes.evaluate import ReadyException, disagreement
from gongjiang.rules.programmes.vector.columns import Flag
from gongjiang.rules.programmes.vector.people import Need, People, Reading
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.verdicts import OVERLAYS, RuleVerdicts


class Waivers:
    """Which exceptions are granted to whom; what they waive is told once their conditions are worked out."""

    def __init__(self, exceptions: Iterable[ReadyException], scene: Scene) -> None:
        self._scene = scene
        self._granted: dict[str, list[tuple[ReadyException, pl.Series, str]]] = defaultdict(list)
        for one in exceptions:
            granted = _flags(scene.plan.people, Need("granted", one.id, read=_granted(one.id)))
            if granted is None or not granted.any():
                continue
            name = scene.truth(one.when).meta.output_name() if one.when is not None else ""
            for rule in one.waives:
                self._granted[rule].append((one, granted, name))

    def of(self, rule: str) -> pl.Series | None:
        """For whom a rule is waived; None for nobody. Raises ExceptionsDisagree."""
        found: list[tuple[ReadyException, pl.Series]] = []
        for one, granted, name in self._granted.get(rule, ()):
            waived = granted & self._scene.plan.column(name).fill_null(False) if name else granted
            for other, before in found:
                if (other.by, other.at, other.record) != (one.by, one.at, one.record) and (before & waived).any():
                    raise disagreement(other, one, rule)
            found.append((one, waived))
        return reduce(or_, (waived for _, waived in found)) if found else None


def overlays(verdicts: RuleVerdicts, waivers: Waivers, people: People) -> RuleVerdicts:
    """The verdicts of a rule with what lies over them."""
    rule = verdicts.rule
    waived = waivers.of(rule.id)
    reasoned = None
    if rule.force == "soft":
        reasoned = _flags(people, Need("reasoned", rule.id, read=lambda facts, row: bool(facts.reasoned.get(rule.id))))
    if waived is None and reasoned is None:
        return verdicts
    nobody = pl.repeat(False, people.size, dtype=pl.Boolean, eager=True)
    frame = pl.DataFrame({"waived": nobody if waived is None else waived, "failed": verdicts.is_("fail")})
    frame = frame.with_columns((nobody if reasoned is None else reasoned).alias("reasoned"))
    places = frame.select(
        pl.when("waived")
        .then(pl.lit(OVERLAYS.index("excepted"), pl.UInt8))
        .when(pl.col("failed") & pl.col("reasoned"))
        .then(pl.lit(OVERLAYS.index("reasoned"), pl.UInt8))
        .otherwise(pl.lit(0, pl.UInt8))
        .alias("overlay")
    )["overlay"]
    return replace(verdicts, overlays=places)


def _granted(exception: str) -> Reading:
    return lambda facts, row: exception in facts.granted


def _flags(people: People, need: Need) -> pl.Series | None:
    column = people.column(need)
    return column.truth if isinstance(column, Flag) else None
