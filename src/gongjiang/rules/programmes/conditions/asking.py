"""Conditions that compare one thing (a fact, an answer, a score) with something: the part they share."""

from gongjiang.kernel.truth import Truth, Unknown
from gongjiang.rules.programmes.conditions.base import Operator
from gongjiang.rules.programmes.explain import Missing, Verdict
from gongjiang.rules.programmes.facts import Facts, Row
from gongjiang.rules.programmes.values import Value


def quoted(text: str) -> str:
    """In quotation marks, those inside made single."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def compared(
    kind: str,
    subject: str,
    value: Value,
    actual: str,
    gap: Missing,
    operator: Operator,
    facts: Facts,
    row: Row | None,
) -> Verdict:
    """The verdict of `operator` on a value; `gap` is what is missing while the value is unknown."""
    found = operator.test(value, facts, row)
    missing: tuple[Missing, ...] = ()
    if found is Truth.UNKNOWN:
        missing = (((gap,) if isinstance(value, Unknown) else ()) + operator.gaps(facts, row)) or (gap,)
    return Verdict(found, kind, subject, operator.needed(facts, row), actual, missing=missing)
