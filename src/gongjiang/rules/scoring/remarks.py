"""When an expert must say why: a score below or above a line of the pack, or always."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.programmes.schema.lists import RemarkRule
from gongjiang.rules.programmes.values import number

#: What a value of the pack is in this edition; None while it is not known.
Reads = Callable[[Any], Any]


def must_say(rule: RemarkRule | str | None, score: Fraction | None, most: Fraction, reads: Reads) -> bool:
    """Has this score to be explained? Without a score nothing is asked, save `always`. Percents are of `most`."""
    if rule is None:
        return False
    if isinstance(rule, str):
        return True
    low, high = line_of(rule.below, most, reads), line_of(rule.above, most, reads)
    return score is not None and ((low is not None and score < low) or (high is not None and score > high))


def line_of(written: Any, most: Fraction, reads: Reads) -> Fraction | None:
    """A line in points."""
    value = None if written is None else reads(written)
    if value is None:
        return None
    share = isinstance(value, str) and value.strip().endswith(("%", "％"))
    return number(value) * most if share else number(value)


def told(rule: RemarkRule | str, most: Fraction, reads: Reads) -> str:
    """When, in words: 低于6分须写明理由."""
    if isinstance(rule, str):
        return "须写明理由"
    low, high = line_of(rule.below, most, reads), line_of(rule.above, most, reads)
    parts = [f"低于{decimal_text(low)}分"] if low is not None else []
    parts += [f"高于{decimal_text(high)}分"] if high is not None else []
    return f"{'或'.join(parts)}须写明理由"
