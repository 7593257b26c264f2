"""Pools and composition on a list page: a sentence each, what came of it, a gauge of what there is and needs be."""

from fractions import Fraction
from typing import Any

from gongjiang.kernel.rounding import decimal_text
from gongjiang.rules.quotas.pools import Outcome, PoolState
from gongjiang.services.rounds.board import Board
from gongjiang.services.rounds.pools import figure_book
from gongjiang.web.rounds.choice import Choice
from gongjiang.web.rounds.place import ListPlace

#: From so many groups on, a pool's groups that are met are told together.
MANY = 3
OUTCOMES = {Outcome.MET: "met", Outcome.BROKEN: "unmet", Outcome.UNKNOWN: "missing", Outcome.NA: "not_applicable"}


def pools_of(states: list[PoolState], chosen: Choice) -> list[dict[str, Any]]:
    """A line for each pool: its sentence, what came of it, the reason where one is asked. A pool of many
    groups that are all met is one line."""
    lines = []
    for name in dict.fromkeys(one.pool for one in states):
        mine = [one for one in states if one.pool == name]
        telling = [one for one in mine if one.outcome is not Outcome.MET]
        if len(mine) > MANY:
            met = len(mine) - len(telling)
            lines.append(
                _line(mine[0], chosen, f"{met} 组符合" + (f"，{len(telling)} 组见下" if telling else ""), telling)
            )
            mine = telling
        lines += [_line(one, chosen, one.sentence) for one in mine]
    return lines


def figures_of(place: ListPlace, found: Board, chosen: Choice) -> list[dict[str, Any]]:
    """How the list and the choice are made up: certain numbers, and how many are not known."""
    book = figure_book(place.programme, place.stage.id, found.facts)
    whole, kept = book.states(found.cases), book.states(chosen.kept)
    return [
        {"label": one.label, "states": (one, two), "kinds": spec.distinct}
        for one, two, (_, spec, _) in zip(whole, kept, book.pools, strict=True)
    ]


def gauge_of(state: PoolState) -> dict[str, str] | None:
    """What there is, what may be, and where the bound lies, on a line of 100; None for a figure."""
    if state.kind is None or not isinstance(state.bound, Fraction):
        return None
    if state.share:
        whole = max(state.whole_low, 1)
        have, may, need = Fraction(state.low, whole), Fraction(state.high, whole), state.bound
    else:
        have, may, need = Fraction(state.low), Fraction(state.high), state.bound
    top = Fraction(1) if state.share else max(may, need, Fraction(1))
    return {
        name: decimal_text(min(value / top, Fraction(1)) * 100)
        for name, value in (("have", have), ("may", may), ("need", need))
    }


def _line(state: PoolState, chosen: Choice, sentence: str, telling: list[PoolState] | None = None) -> dict[str, Any]:
    whole = telling is not None
    names = [] if whole else [name for name in state.key if name]
    return {
        "title": "　".join([state.label, *names]),
        "sentence": sentence,
        "outcome": "" if state.kind is None or telling else OUTCOMES[Outcome.MET if whole else state.outcome],
        "needs_reason": not whole and state.needs_reason,
        "field": f"pool-{state.pool}",
        "gauge": None if whole else gauge_of(state),
        "id": "-".join(["p", state.pool, *names]),
        "why": "" if whole else chosen.reasons.get(f"pool:{state.pool}", ""),
    }
