"""What a plan still lacks before others are asked to agree to it, and what it says nothing of."""

from collections.abc import Sequence
from datetime import date

from gongjiang.rules.cultivation.plans.text import PlanText
from gongjiang.rules.cultivation.term import Term


def lacking(text: PlanText, term: Term) -> tuple[str, ...]:
    """Sentences, each about one thing to mend; empty when it may go to the others (第十条: goals aimed at the powers,
    what is done, by whom, until when)."""
    found = []
    if not text.aim and not text.goals:
        found.append("还没有目标：请写总目标，或至少一项能力的目标。")
    if not text.measures:
        found.append("还没有措施：请至少写一项。")
    if not text.people:
        found.append("还没有责任人：请至少写一人。")
    if not text.steps:
        found.append("还没有节点：请至少写一个，并定下完成日期。")
    undated = [one.title for one in text.steps if one.due is None]
    if undated:
        found.append(f"没有定完成日期的节点：{'、'.join(undated[:5])}{'等' if len(undated) > 5 else ''}。")
    outside = [one.title for one in text.steps if one.due is not None and not within(one.due, term)]
    if outside:
        until = f"至 {term.until:%Y-%m-%d}" if term.until else "以后"
        some = f"{'、'.join(outside[:5])}{'等' if len(outside) > 5 else ''}"
        found.append(f"完成日期不在培育期内（{term.begun:%Y-%m-%d} {until}）的节点：{some}。")
    return tuple(found)


def within(day: date, term: Term) -> bool:
    """Does a day lie in the term, its first and last day included?"""
    return term.begun <= day and (term.until is None or day <= term.until)


def unaimed(text: PlanText, powers: Sequence[str]) -> tuple[str, ...]:
    """Powers with neither goal, measure nor milestone: to be looked at, lawful."""
    named = {one.power for part in (text.goals, text.measures, text.steps) for one in part}
    return tuple(one for one in powers if one not in named)
