"""Begin a plan: from the programme's template the first time, from what is in force when it is to change."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import CultivationPlan, Honour
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.cultivation.plans.agreeing import OPEN, PARTIES, Action, State
from gongjiang.rules.cultivation.plans.starting import from_template
from gongjiang.rules.cultivation.plans.text import Person, dump
from gongjiang.services.cultivation.framework import framework_of, term_of
from gongjiang.services.cultivation.plans.writing import held, note
from gongjiang.services.cultivation.writing import words


@transaction.atomic
def start_plan(*, actor: Actor, at: datetime, honour_id: int) -> CultivationPlan:
    """The first version, or the next after all others were dropped, from the template and what the nomination says.
    Raises NotFound, NotAllowed, Refused where there is one already."""
    honour, hands = held(actor, honour_id)
    _none_open(honour)
    if honour.plans.filter(state=State.IN_FORCE).exists():
        raise Refused("已有执行中的方案，请在它上面提出调整。", "One is in force; revise it.")
    text = from_template(framework_of(honour), term_of(honour), _people(honour))
    plan = _made(actor, at, honour, hands, content=dump(text))
    note(actor, at, plan, Action.START, hands)
    return plan


@transaction.atomic
def revise_plan(*, actor: Actor, at: datetime, honour_id: int, reason: str) -> CultivationPlan:
    """A new version that begins with what is in force; that stays in force until the new one is agreed. The reason
    is kept."""
    honour, hands = held(actor, honour_id)
    why = words(reason, "调整的理由", 200)
    _none_open(honour)
    old = honour.plans.filter(state=State.IN_FORCE).first()
    if old is None:
        raise Refused("还没有执行中的方案。", "None is in force.")
    plan = _made(actor, at, honour, hands, content=old.content, based_on=old.number)
    note(actor, at, plan, Action.REVISE, hands, why)
    return plan


def next_version(
    actor: Actor, at: datetime, honour: Honour, hands: frozenset[Hand], old: CultivationPlan
) -> CultivationPlan:
    """A draft that begins with a version that was given back."""
    return _made(actor, at, honour, hands, content=old.content, based_on=old.number)


def _none_open(honour: Honour) -> None:
    if honour.plans.filter(state__in=sorted(OPEN)).exists():
        raise Refused("已有一版正在起草或征求意见，请在那一版上办理。", "One is being made.")


def _made(
    actor: Actor,
    at: datetime,
    honour: Honour,
    hands: frozenset[Hand],
    *,
    content: dict[str, object],
    based_on: int | None = None,
) -> CultivationPlan:
    last = honour.plans.order_by("-number").values_list("number", flat=True).first() or 0
    case = honour.case
    return CultivationPlan.objects.create(
        honour=honour,
        number=last + 1,
        turn=next((one for one in PARTIES if one in hands), ""),
        content=content,
        based_on=based_on,
        needs_employer=case is not None and case.applying_unit_id is not None,
        needs_nominator=case is not None and case.nominator_id is not None,
        needs_union=honour.edition_id is not None,
        by_id=actor.user_id,
        at=at,
    )


def _people(honour: Honour) -> list[Person]:
    """Who is responsible for the recommending unit, as the nomination names them."""
    case = honour.case
    name = str(case.values.get("contact") or "").strip()[:20] if case is not None else ""
    if case is None or not name:
        return []
    post = case.nominator.name[:60] if case.nominator is not None else ""
    return [Person(name, post, "推荐单位联系")]
