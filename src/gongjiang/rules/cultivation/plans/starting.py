"""What a new plan begins with: the programme's template, the milestones on days of this term."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta

from gongjiang.rules.cultivation.plans.reading import keyed
from gongjiang.rules.cultivation.plans.text import Goal, Measure, Person, PlanText, Step
from gongjiang.rules.cultivation.term import Term
from gongjiang.rules.programmes.schema.cultivation import Cultivation


def from_template(entry: Cultivation, term: Term, people: Iterable[Person] = ()) -> PlanText:
    """The template of `entry` for one term. Powers are told by their labels; a purpose of money has no sum yet and
    waits on the form."""
    labels = {one.id: one.shown for one in entry.powers}
    made = entry.template
    steps = [
        Step("", one.title, labels.get(one.power, ""), due_in(term, one.month)) for one in made.milestones if one.title
    ]
    return PlanText(
        aim=made.aim,
        goals=tuple(Goal(labels.get(one.power, ""), one.text) for one in made.goals),
        measures=tuple(Measure(one.text, labels.get(one.power, ""), one.who) for one in made.measures),
        people=tuple(people),
        steps=tuple(keyed(steps, ())),
    )


def due_in(term: Term, month: int | None) -> date | None:
    """The last day of a month of the term, at most the term's last day.

    >>> due_in(Term(date(2025, 10, 1), date(2027, 9, 30)), 6)
    datetime.date(2026, 3, 31)
    """
    if month is None:
        return None
    whole = term.begun.year * 12 + term.begun.month - 1 + month
    year, after = divmod(whole, 12)
    first = date(year, after + 1, min(term.begun.day, monthrange(year, after + 1)[1]))
    found = first - timedelta(days=1)
    return found if term.until is None else min(found, term.until)
