"""{rows: group, where, count_at_least | count_at_most}: counted person by person in the long table of all rows."""

from math import ceil, floor
from typing import Final

import polars as pl

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth
from gongjiang.rules.programmes.conditions.operands.rows import Rows
from gongjiang.rules.programmes.values import Value
from gongjiang.rules.programmes.vector import people
from gongjiang.rules.programmes.vector.columns import Coded, Column, Day, Flag, Number
from gongjiang.rules.programmes.vector.comparing import term_value
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vector.truths import always, decided

KIND: Final = Rows


def truth(node: Rows, scene: Scene) -> pl.Expr:
    """At least `low` rows meet the condition, at most `high`; rows that nobody has shown may be any number."""
    if scene.rows is not None:
        return scene.of_person(node)
    group = scene.plan.group(node.group)
    found = group.rows
    assert found is not None
    edge = _edge(node, term_value(node.count, scene))
    if edge is None:
        return scene.keep(always(Truth.UNKNOWN))
    if node.where is not None:
        meets = group.truth(node.where)
    else:
        meets = group.keep(_shown(found, group))

    def count(truths: pl.Series) -> pl.Series:
        low, high = _bounds(found, truths)
        reached = pl.DataFrame({"low": low, "high": high, "edge": edge}).select(
            pl.when(pl.col("edge").is_not_null())
            .then(decided(pl.col("low") >= pl.col("edge"), pl.col("high") < pl.col("edge")))
            .alias("found")
        )["found"]
        return reached if node.least else ~reached

    return scene.later(count, meets)


def _edge(node: Rows, needed: Value | Column) -> int | pl.Series | None:
    """How many rows meet `count_at_least`, or break `count_at_most`: one number, or one a person; None if unknown."""
    if isinstance(needed, Coded | Flag | Number | Day):
        coded = needed.coded()
        return pl.Series([*(_steps(node, one) for one in coded.values), None], dtype=pl.Int64).gather(coded.codes)
    return _steps(node, needed)


def _steps(node: Rows, needed: Value) -> int | None:
    if not isinstance(needed, Interval):
        return None
    return ceil(needed.high) if node.least else floor(needed.high) + 1


def _shown(found: people.Rows, group: Scene) -> pl.Expr:
    """Every row that is there counts; one that may be there may."""
    if found.unseen is None:
        return always(Truth.TRUE)
    return pl.when(~group.put(found.unseen)).then(True)


def _bounds(found: people.Rows, truths: pl.Series) -> tuple[pl.Series, pl.Series]:
    """How many rows of each person certainly meet it, and how many may."""
    yes, may = truths.fill_null(False), truths.fill_null(True)
    if found.unseen is None:
        low = _of_each(found, yes)
        return low, low if truths.null_count() == 0 else _of_each(found, may)
    low = _of_each(found, yes & ~found.unseen)
    more = _of_each(found, may & found.unseen) > 0
    endless = pl.repeat(2**31, found.people, dtype=pl.Int64, eager=True)
    return low, endless.zip_with(more, _of_each(found, may & ~found.unseen))


def _of_each(found: people.Rows, counted: pl.Series) -> pl.Series:
    """How many rows of each person are counted."""
    upto = pl.concat([pl.Series([0], dtype=pl.Int32), counted.cast(pl.Int32).cum_sum()]).gather(found.ends)
    return upto - upto.shift(1, fill_value=0)
