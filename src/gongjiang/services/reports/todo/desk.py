"""A person's desk: all items by date, in a number of queries that doesn't grow with cases."""

from datetime import datetime, timedelta

from gongjiang.kernel.actor import Actor
from gongjiang.services.cultivation.scope import takes_part
from gongjiang.services.reports.todo.assessment import assessment_items, explanation_items
from gongjiang.services.reports.todo.cases import case_items
from gongjiang.services.reports.todo.contact import contact_items
from gongjiang.services.reports.todo.doubles import double_items
from gongjiang.services.reports.todo.inquiries import inquiry_items
from gongjiang.services.reports.todo.item import Desk, Item
from gongjiang.services.reports.todo.links import link_items
from gongjiang.services.reports.todo.lists import list_items
from gongjiang.services.reports.todo.others import expert_items, judging_items, objection_items, preparing_items
from gongjiang.services.reports.todo.plans import plan_items
from gongjiang.services.reports.todo.registers import register_items
from gongjiang.services.reports.todo.reports import report_items
from gongjiang.services.reports.todo.rows import asked_boxes, open_rows, parts
from gongjiang.services.reports.todo.scope import Scope, scope_of
from gongjiang.services.reports.todo.training import training_items

_FAR = timedelta(days=36500)


def desk_of(actor: Actor, at: datetime, scope: Scope | None = None) -> Desk:
    """Everything that waits for the actor, under any of their grants, soonest first; and what waits with others."""
    if actor.user_id is None:
        return Desk()
    scope = scope or scope_of(actor, at)
    rows, held = open_rows(scope), parts(scope)
    items, waiting = case_items(scope, rows, asked_boxes(scope), held)
    items += list_items(scope, rows, held)
    items += expert_items(scope) + objection_items(scope) + judging_items(scope) + preparing_items(scope)
    items += double_items(scope) + register_items(scope) + inquiry_items(scope) + report_items(scope)
    items += explanation_items(scope) + link_items(scope)
    if takes_part(actor):  # what follows a naming asks nothing of those who have no artisan
        items += training_items(scope) + contact_items(scope) + plan_items(scope) + assessment_items(scope)

    def soonest(one: Item) -> tuple[datetime, str, str]:
        return (one.closes or at + _FAR, "" if one.kind == "mend" else "x", one.title)

    return Desk(sorted(items, key=soonest), waiting)
