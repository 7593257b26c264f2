"""What a report counts beyond people and activities: each file brings the items of a few tables, as of the day."""

from collections.abc import Iterator

from gongjiang.rules.reports.tables import Item
from gongjiang.services.reports.periodic.facts import contact, mentors, money, plans, publicity, training
from gongjiang.services.reports.periodic.facts.ground import Ground

PARTS = (
    plans.items,
    mentors.items,
    training.events,
    training.results,
    contact.items,
    money.budgets,
    money.spending,
    money.benefits,
    publicity.items,
)


def items_on(ground: Ground) -> Iterator[Item]:
    """Everything that the tables count: in rows, of artisans of a level. A fixed number of queries."""
    for part in PARTS:
        yield from (one for one in part(ground) if one.row)
