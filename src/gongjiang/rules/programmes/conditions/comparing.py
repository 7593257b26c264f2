"""Kleene comparison of two known values: certain where the bounds allow, else unknown."""

from gongjiang.kernel.interval import Interval
from gongjiang.kernel.truth import Truth, truth
from gongjiang.rules.programmes.values import Days, NotAmong, Nothing, Ticks, Value
from gongjiang.rules.programmes.vocabulary import CodeList


def equal(actual: Value, wanted: Value, codes: CodeList) -> Truth:
    """Is it this? Codes match what lies in them; a box counts if ticked; a month and a day may agree or not."""
    if isinstance(wanted, Nothing):
        return Truth.FALSE
    if isinstance(actual, Interval) and isinstance(wanted, Interval):
        if actual.known and actual == wanted:
            return Truth.TRUE
        return truth(None if actual.low <= wanted.high and wanted.low <= actual.high else False)
    if isinstance(actual, Days) and isinstance(wanted, Days):
        if actual == wanted:
            return Truth.TRUE
        return truth(None if actual.first <= wanted.last and wanted.first <= actual.last else False)
    if isinstance(wanted, str):
        return _word(actual, wanted, codes)
    if isinstance(actual, bool) and isinstance(wanted, bool):
        return truth(actual is wanted)
    return Truth.UNKNOWN


def at_least(actual: Value, bound: Value, codes: CodeList) -> Truth:
    """Is it no lower? Ordered codes compare by their order."""
    return _order(actual, bound, codes, strict=False)


def above(actual: Value, bound: Value, codes: CodeList) -> Truth:
    """Is it higher?"""
    return _order(actual, bound, codes, strict=True)


def _order(actual: Value, bound: Value, codes: CodeList, *, strict: bool) -> Truth:
    if isinstance(actual, Interval) and isinstance(bound, Interval):
        if strict:
            return _decided(actual.low > bound.high, actual.high <= bound.low)
        return _decided(actual.low >= bound.high, actual.high < bound.low)
    if isinstance(actual, Days) and isinstance(bound, Days):
        if strict:
            return _decided(actual.first > bound.last, actual.last <= bound.last)
        return _decided(actual.first >= bound.first, actual.last < bound.first)
    if isinstance(actual, str) and isinstance(bound, str):
        mine, other = codes.rank(actual), codes.rank(bound)
        if mine is not None and other is not None:
            return truth(mine > other if strict else mine >= other)
    return Truth.UNKNOWN


def _decided(yes: bool, no: bool) -> Truth:
    if yes:
        return Truth.TRUE
    return Truth.FALSE if no else Truth.UNKNOWN


def _word(actual: Value, wanted: str, codes: CodeList) -> Truth:
    if isinstance(actual, Ticks):
        if wanted in actual.codes:
            return Truth.TRUE
        return Truth.FALSE if actual.closed else Truth.UNKNOWN
    if isinstance(actual, NotAmong):
        return Truth.FALSE if wanted in actual.words else Truth.UNKNOWN
    if not isinstance(actual, str):
        return Truth.UNKNOWN
    if wanted in codes.wider(actual):
        return Truth.TRUE
    return Truth.UNKNOWN if actual in codes.wider(wanted) else Truth.FALSE
