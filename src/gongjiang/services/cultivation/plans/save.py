"""Write at a draft: whoever is one of the three may, one after the other."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.models import CultivationPlan, Honour
from gongjiang.rules.cultivation.plans.agreeing import Action
from gongjiang.rules.cultivation.plans.changes import changes, summary
from gongjiang.rules.cultivation.plans.reading import read_plan
from gongjiang.rules.cultivation.plans.text import dump, parse
from gongjiang.services.cultivation.framework import powers_of
from gongjiang.services.cultivation.plans.writing import THIS, held, note, version_of
from gongjiang.services.cultivation.writing import write


@transaction.atomic
def save_plan(
    *, actor: Actor, at: datetime, honour_id: int, number: int, version: int | None, typed: Mapping[str, Any]
) -> CultivationPlan:
    """Put down what was typed (`aim`, and the rows of each table). Raises Stale where somebody saved since the page was
    shown, BadInput with the table and line, Refused once it is no draft any more."""
    honour, hands = held(actor, honour_id)
    plan = version_of(honour, number, version, Action.SAVE)
    before = parse(plan.content)
    after = read_plan(typed, powers_of(honour), before, _taken(honour))
    told = changes(before, after)
    if not told and dump(after) == plan.content:
        return plan
    write(plan, THIS, content=dump(after))
    note(actor, at, plan, Action.SAVE, hands, summary(told))
    return plan


def _taken(honour: Honour) -> list[str]:
    """Keys of milestones of all versions: none is given twice."""
    texts = honour.plans.values_list("content", flat=True)
    return [one.key for text in texts for one in parse(text).steps]
