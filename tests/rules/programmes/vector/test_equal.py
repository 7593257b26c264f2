"""Many are judged as one is: outcome, reason and overlay of every rule for everybody, unknowns included."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rules.programmes.small_world import condition, rule
from tests.rules.programmes.vector.invented import CONDITIONS, editions, leaves

from gongjiang.rules.programmes.blame import reason_of
from gongjiang.rules.programmes.evaluate import ExceptionsDisagree, ReadyException, ReadyRule, evaluate_rules
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.vector import FactPeople, evaluate_people

NAMED = (
    rule({"field": "years", "at_least": "$min_years"}, "r_years"),
    rule({"field": "member", "is": True}, "r_member"),
)
EXCEPTIONS = (
    ReadyException("special", ("r0", "r1"), when=condition({"judged": "character"}), by=("office",)),
    ReadyException("other", ("r1",), by=("office",)),
)


def said_one_by_one(
    rules: Sequence[ReadyRule], people: Sequence[Facts], exceptions: Sequence[ReadyException] = ()
) -> list[list[tuple[str, str | None]]]:
    """Reason and overlay of each rule, person by person."""
    outcomes = [evaluate_rules(rules, one, exceptions) for one in people]
    return [[(reason_of(one).code, one.overlay) for one in found] for found in outcomes]


def said_at_once(
    rules: Sequence[ReadyRule], people: Sequence[Facts], exceptions: Sequence[ReadyException] = ()
) -> list[list[tuple[str, str | None]]]:
    """The same from columns."""
    found = evaluate_people(rules, FactPeople(people), exceptions).rules.values()
    return [[(one.reason(n).code, one.overlay(n)) for one in found] for n in range(len(people))]


@given(
    st.lists(CONDITIONS, min_size=1, max_size=3),
    st.one_of(st.none(), leaves()),
    st.sampled_from([(), ("star",), ("star", "crew")]),
    st.sampled_from(["hard", "soft", "prefer"]),
    editions(),
)
@settings(max_examples=120, deadline=None)
def test_many_are_judged_as_one_is(
    checks: list[dict[str, Any]], when: dict[str, Any] | None, award: tuple[str, ...], force: str, people: list[Facts]
) -> None:
    own = [rule(raw, f"r{n}", when=when, award=award, force=force) for n, raw in enumerate(checks)]
    rules = (*own, *NAMED)
    assert said_at_once(rules, people, EXCEPTIONS) == said_one_by_one(rules, people, EXCEPTIONS)
    plain = evaluate_people(rules, FactPeople(people), reasons=False).rules
    told = [[one.outcome for one in evaluate_rules(rules, person)] for person in people]
    assert [[plain[one.id].outcomes[n] for one in rules] for n in range(len(people))] == told


@given(editions())
@settings(max_examples=20, deadline=None)
def test_exceptions_on_different_terms_are_refused_alike(people: list[Facts]) -> None:
    terms = (EXCEPTIONS[0], replace(EXCEPTIONS[1], by=("council",)))
    rules = [rule({"field": "member", "is": True}, f"r{n}") for n in range(2)]
    try:
        alone = said_one_by_one(rules, people, terms)
    except ExceptionsDisagree:
        with pytest.raises(ExceptionsDisagree):
            said_at_once(rules, people, terms)
    else:
        assert said_at_once(rules, people, terms) == alone
