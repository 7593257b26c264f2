"""How a domain narrows so that a value is, or certainly isn't, a given one."""

from collections.abc import Iterator
from fractions import Fraction

from gongjiang.kernel.interval import Interval
from gongjiang.rules.programmes.domains import Domain
from gongjiang.rules.programmes.values import Days, Ticks, Value


def include(domain: Domain, value: Value) -> Iterator[Domain]:
    """The value is this."""
    if isinstance(value, Interval):
        yield domain.at_least(value.low).at_most(value.high)
    elif isinstance(value, Days):
        yield domain.at_least(day(value, first=True)).at_most(day(value, first=False))
    elif domain.spec.type == "checks":
        codes = value.codes if isinstance(value, Ticks) else {value}
        for code in sorted(str(one) for one in codes):
            yield domain.tick(code)
    elif isinstance(value, bool):
        yield domain.among({value})
    elif isinstance(value, str):
        yield domain.among(domain.codes.narrower(value))


def exclude(domain: Domain, value: Value) -> Iterator[Domain]:
    """The value is certainly not this."""
    if isinstance(value, Interval):
        yield domain.without({value.low}).fill(True)
    elif isinstance(value, Days):
        yield domain.at_most(day(value, first=True), strict=True)
        yield domain.at_least(day(value, first=False), strict=True)
    elif domain.spec.type == "checks":
        yield domain.untick({str(value)})
    elif isinstance(value, bool):
        yield domain.among({not value})
    elif isinstance(value, str):
        yield domain.without({*domain.codes.narrower(value), *domain.codes.wider(value)}).fill(True)


def day(value: Days, *, first: bool) -> Fraction:
    """The first or last day as a number."""
    return Fraction((value.first if first else value.last).toordinal())
