"""Truth as a nullable Boolean: from answers about each different value to an expression on all."""

from collections.abc import Sequence
from typing import Final

import polars as pl

from gongjiang.kernel.truth import Truth

PLAIN: Final = {Truth.TRUE: True, Truth.FALSE: False, Truth.UNKNOWN: None}
_FEW: Final = 6


class NotVectorised(Exception):
    """This part can't be compiled: whoever stands above asks the explaining evaluator. Says which part."""


def always(truth: Truth) -> pl.Expr:
    """The same for all."""
    return pl.lit(PLAIN[truth], pl.Boolean)


def where_known(known: pl.Expr, truth: Truth) -> pl.Expr:
    """The same for all of whom something is known."""
    return pl.when(known.is_not_null()).then(always(truth))


def decided(yes: pl.Expr, no: pl.Expr) -> pl.Expr:
    """True, false, or neither."""
    return pl.when(yes).then(True).when(no).then(False)


def by_code(codes: pl.Expr, truths: Sequence[Truth]) -> pl.Expr:
    """`truths` by the code of each; unknown where there is no code."""
    true = [n for n, one in enumerate(truths) if one is Truth.TRUE]
    if Truth.UNKNOWN not in truths:
        if not true or len(true) == len(truths):
            return where_known(codes, Truth.TRUE if true else Truth.FALSE)
        if len(true) <= _FEW:
            return _among(codes, true)
        false = [n for n, one in enumerate(truths) if one is Truth.FALSE]
        if len(false) <= _FEW:
            return ~_among(codes, false)
    if all(one is Truth.UNKNOWN for one in truths):
        return always(Truth.UNKNOWN)
    places = {Truth.FALSE: 0, Truth.TRUE: 1, Truth.UNKNOWN: 2}
    answers = pl.Series([*(places[one] for one in truths), 2], dtype=pl.UInt8)
    found = pl.lit(answers).gather(codes)
    return decided(found == 1, found == 0)


def _among(codes: pl.Expr, wanted: Sequence[int]) -> pl.Expr:
    return codes == wanted[0] if len(wanted) == 1 else codes.is_in(list(wanted))
