"""An honour's standing: which change is lawful from where, and what its certificate is worth."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.rules.honours.standing import HELD, Change, Standing, Worth, next_standing, worth


@given(st.sampled_from(sorted(HELD)), st.lists(st.sampled_from(list(Change)), max_size=12))
def test_an_honour_is_valid_just_while_it_is_held_and_comes_back_as_what_it_was(
    first: Standing, changes: list[Change]
) -> None:
    now, held = first, first
    for change in changes:
        passed = now is Standing.TRAINEE and change is Change.CONFER
        now = next_standing(now, change, held) or now
        held = Standing.STANDS if passed else held
        assert (worth(now, replaced=False, past_term=False) is Worth.VALID) == (now in HELD)
        assert now not in HELD or now is held


def test_a_trainee_is_confirmed_once_and_nobody_else_is() -> None:
    """A trainee becomes an artisan by passing, from no other standing (ledger X-06)."""
    found = {one: next_standing(one, Change.CONFER, Standing.STANDS) for one in Standing}
    assert {one: to for one, to in found.items() if to is not None} == {Standing.TRAINEE: Standing.STANDS}


def test_nothing_stands_that_was_replaced_or_whose_term_is_over() -> None:
    for standing, replaced, past in itertools.product(Standing, (False, True), (False, True)):
        valid = worth(standing, replaced=replaced, past_term=past) is Worth.VALID
        assert valid == (standing in HELD and not replaced and not past)
    assert worth(Standing.REVOKED, replaced=True, past_term=True) is Worth.WITHDRAWN
    assert worth(Standing.SUSPENDED, replaced=False, past_term=False) is Worth.SUSPENDED


def test_what_was_withdrawn_comes_back_only_by_reinstatement() -> None:
    back = {one for one in Change if next_standing(Standing.REVOKED, one, Standing.STANDS) is not None}
    assert back == {Change.REINSTATE}
    assert next_standing(Standing.SUSPENDED, Change.RESTORE, None) is None
