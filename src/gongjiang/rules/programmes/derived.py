"""Derived fields: computed from other fields or rows by a function registered here, never by an expression.

A function returns the raw value, or None where its rows are missing; then what was typed in stands.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Final

from gongjiang.kernel.dates import Month, full_years, full_years_bounds, parse_until
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.spans import Span, months_covered
from gongjiang.kernel.truth import UNKNOWN
from gongjiang.rules.programmes.facts import FactPath, Facts, Row
from gongjiang.rules.programmes.values import Days, is_blank, read_value
from gongjiang.rules.programmes.vocabulary import FieldSpec

Deriving = Callable[[Facts, Mapping[str, str]], Interval | None]
_RESUME: Final = "resume"
_BIRTH: Final = FieldSpec("birth", type="date")


def fill_derived(facts: Facts) -> Facts:
    """The facts with every derived field of the subject computed where its rows are there.

    Where the rows leave a range, a typed value inside it stands.
    """
    found = {}
    for spec in facts.words.fields.values():
        computed = derive(spec, facts) if spec.derived else None
        if computed is not None and not _agrees(facts.subject.get(spec.id), spec, computed):
            found[spec.id] = computed
    return replace(facts, subject={**facts.subject, **found}) if found else facts


def derive(spec: FieldSpec, facts: Facts) -> Interval | None:
    """The computed value of one derived field; None if it can't be computed. KeyError for an unknown function."""
    return DERIVED[spec.derived](facts, spec.args)


def full_years_since_birth(facts: Facts, args: Mapping[str, str]) -> Interval | None:
    """Age in full years on as_of; two possible ages if only the month of birth is known and it is that month."""
    raw = facts.subject.get("birth")
    if facts.as_of is None or is_blank(raw):
        return None
    born = read_value(raw, _BIRTH)
    if not isinstance(born, Days):
        return None
    if born.first == born.last:
        return Interval.point(full_years(born.first, facts.as_of))
    low, high = full_years_bounds(Month.of(born.first), facts.as_of)
    return Interval(Fraction(low), Fraction(high))


def years_in_resume_where_in_trade(facts: Facts, args: Mapping[str, str]) -> Interval | None:
    """Cumulative years of résumé rows that are work in the trade."""
    return _years(facts, lambda row: _flag(facts, row, "in_trade"))


def years_in_resume_where_on_site(facts: Facts, args: Mapping[str, str]) -> Interval | None:
    """Cumulative years of résumé rows on a production site."""
    return _years(facts, lambda row: _flag(facts, row, "on_site"))


def years_in_resume_where_region(facts: Facts, args: Mapping[str, str]) -> Interval | None:
    """Cumulative years of résumé rows in the region named by `region`."""
    return _years(facts, lambda row: _in_region(row, args.get("region", "")))


def days_from_to(facts: Facts, args: Mapping[str, str]) -> Interval | None:
    """Calendar days from the day in field `from` to that in field `to`, both counted; 0 if the end comes first."""
    since, until = (_day(facts.subject.get(args.get(name, ""))) for name in ("from", "to"))
    if since is None or until is None:
        return None
    return Interval.point(Fraction(max(0, (until - since).days + 1)))


DERIVED: Final[Mapping[str, Deriving]] = {
    one.__name__: one
    for one in (
        full_years_since_birth,
        years_in_resume_where_in_trade,
        years_in_resume_where_on_site,
        years_in_resume_where_region,
        days_from_to,
    )
}


def _day(raw: object) -> date | None:
    value = UNKNOWN if is_blank(raw) else read_value(raw, _BIRTH)
    return value.first if isinstance(value, Days) and value.first == value.last else None


def _agrees(typed: object, spec: FieldSpec, computed: Interval) -> bool:
    value = UNKNOWN if is_blank(typed) else read_value(typed, spec)
    return isinstance(value, Interval) and computed.low <= value.low and value.high <= computed.high


def _years(facts: Facts, counts: Callable[[Row], bool | None]) -> Interval | None:
    """Years of the rows that count, up to those that may; None unless some row says whether it counts."""
    rows = [(row, counts(row)) for row in facts.rows.get(_RESUME, ())]
    if facts.as_of is None or all(found is None for _, found in rows):
        return None
    spans = [(_span(row), found) for row, found in rows if found is not False]
    if any(span is None for span, _ in spans):
        return None
    low = [span for span, found in spans if span and found]
    high = [span for span, _ in spans if span]
    return Interval(_in_years(low, facts.as_of), _in_years(high, facts.as_of))


def _in_years(spans: list[Span], as_of: date) -> Fraction:
    return Fraction(months_covered(spans, as_of), 12)


def _span(row: Row) -> Span | None:
    try:
        since = parse_until(row.values.get("from"))
        return Span(since, parse_until(row.values.get("to"))) if since else None
    except BadInput:
        return None


def _flag(facts: Facts, row: Row, column: str) -> bool | None:
    spec = facts.words.columns(_RESUME).get(column, FieldSpec(column, type="yes_no"))
    found = facts.value(FactPath("row", column, spec, via=_RESUME), row)
    return found if isinstance(found, bool) else None


def _in_region(row: Row, region: str) -> bool | None:
    raw = row.values.get("region")
    return None if is_blank(raw) else region in str(raw)
