"""same_as · differs_from."""

from typing import Final

import polars as pl

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.comparing import equal
from gongjiang.rules.programmes.conditions.operators.sameness import Sameness
from gongjiang.rules.programmes.values import Nothing, Value
from gongjiang.rules.programmes.vector.columns import Coded, Column
from gongjiang.rules.programmes.vector.comparing import by_combination
from gongjiang.rules.programmes.vector.scene import Scene
from gongjiang.rules.programmes.vocabulary import CodeList

KIND: Final = Sameness


def truth(operator: Sameness, column: Column, scene: Scene) -> pl.Expr:
    """Plain words by their places in one list; all else by each combination."""
    other = scene.value(operator.other)
    codes = scene.shared.words.code_list(operator.spec)
    if (
        isinstance(column, Coded)
        and isinstance(other, Coded)
        and not codes.parents
        and _words(column)
        and _words(other)
    ):
        found = _same_words(column, other, scene)
    else:
        found = by_combination(scene, lambda one, two: _same(one, two, codes), column, other)
    return ~found if operator.negated else found


def _words(column: Coded) -> bool:
    return all(isinstance(one, str | Nothing) for one in column.values)


def _same_words(column: Coded, other: Coded, scene: Scene) -> pl.Expr:
    """Nothing can't be told from nothing: it has no place in the common list."""
    common = {word: n for n, word in enumerate(dict.fromkeys((*column.values, *other.values)))}

    def placed(one: Coded) -> pl.Expr:
        places = [None if isinstance(word, Nothing) else common[word] for word in one.values]
        return scene.put(pl.Series([*places, None], dtype=pl.UInt32).gather(one.codes))

    return placed(column) == placed(other)


def _same(one: Value, other: Value, codes: CodeList) -> Truth:
    if isinstance(one, Unknown | Nothing) or isinstance(other, Unknown | Nothing):
        return Truth.UNKNOWN
    return equal(one, other, codes)
