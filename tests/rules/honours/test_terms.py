"""On which days a benefit runs, against suspension, end of term and withdrawal."""

from datetime import date

from gongjiang.rules.honours.standing import Standing
from gongjiang.rules.honours.terms import TERM_END, History, Terms, Turn, first_day, last_of, runs, stops
from gongjiang.rules.programmes.schema.stage import Benefit

BEGUN = date(2031, 3, 20)
S = Standing


def turned(*turns: tuple[date, Standing, Standing], until: date | None = None) -> History:
    found = tuple(Turn(*one) for one in turns)
    return History(BEGUN, found[-1].after if found else S.STANDS, until, found)


SUSPENDED = turned((date(2031, 5, 10), S.STANDS, S.SUSPENDED), (date(2031, 7, 4), S.SUSPENDED, S.STANDS))


def test_nothing_runs_before_the_naming_or_while_suspended() -> None:
    days = [date(2031, 3, 19), BEGUN, date(2031, 5, 9), date(2031, 5, 10), date(2031, 7, 3), date(2031, 7, 4)]
    assert [runs(Terms(), SUSPENDED, day) for day in days] == [False, True, True, False, False, True]


def test_what_isnt_named_as_a_stop_doesnt_stop_it_but_a_withdrawal_always_does() -> None:
    assert runs(Terms(stops_on=frozenset({"end"})), SUSPENDED, date(2031, 6, 1))
    gone = turned((date(2032, 1, 1), S.STANDS, S.REVOKED))
    assert not runs(Terms(stops_on=frozenset({"end"})), gone, date(2032, 1, 1))
    over = turned((date(2034, 3, 20), S.STANDS, S.ENDED))
    assert runs(Terms(stops_on=frozenset({"suspend", "revoke"})), over, date(2040, 1, 1))
    assert not runs(Terms(), over, date(2034, 3, 20))


def test_the_last_day_of_the_term_or_of_the_benefit_is_in() -> None:
    here = turned(until=date(2034, 3, 19))
    for terms in (Terms(), Terms(until=TERM_END, stops_on=frozenset({"revoke"}))):
        assert runs(terms, here, date(2034, 3, 19))
        assert not runs(terms, here, date(2034, 3, 20))
    assert runs(Terms(stops_on=frozenset({"revoke"})), here, date(2050, 1, 1))
    assert not runs(Terms(until=date(2032, 12, 31)), here, date(2033, 1, 1))


def test_a_trainee_has_what_is_for_artisans_from_the_day_of_passing() -> None:
    here = turned((date(2033, 4, 1), S.TRAINEE, S.STANDS))
    later = Terms(since=S.STANDS)
    assert [runs(later, here, day) for day in (date(2033, 3, 31), date(2033, 4, 1))] == [False, True]
    assert first_day(later, here) == date(2033, 4, 1)
    assert first_day(Terms(), here) == BEGUN
    waiting = History(BEGUN, S.TRAINEE)
    assert first_day(later, waiting) is None
    assert not runs(later, waiting, date(2040, 1, 1))


def test_a_suspended_trainee_stays_one() -> None:
    here = turned((date(2031, 5, 10), S.TRAINEE, S.SUSPENDED))
    assert runs(Terms(stops_on=frozenset({"revoke"})), here, date(2031, 6, 1))
    assert not runs(Terms(since=S.STANDS, stops_on=frozenset({"revoke"})), here, date(2031, 6, 1))


def test_what_is_given_once_is_withheld_as_the_pack_says_and_always_once_withdrawn() -> None:
    plain, only = Benefit(id="a"), Benefit(id="b", stops_on=("suspend",))
    states = ("trainee", "stands", "suspended", "ended", "revoked")
    assert [stops(plain, one) for one in states] == [False, False, True, True, True]
    assert [stops(only, one) for one in states] == [False, False, True, False, True]
    assert [stops(None, one) for one in states] == [False, False, True, True, True]


def test_the_last_day_of_what_is_given_once() -> None:
    end = date(2034, 3, 19)
    assert last_of(Benefit(id="a", until="term_end"), end, lambda raw: raw) == end
    assert last_of(Benefit(id="a", until="2033-01-01"), end, lambda raw: raw) == date(2033, 1, 1)
    assert last_of(Benefit(id="a"), end, lambda raw: raw) is None
    assert last_of(None, end, lambda raw: raw) is None
