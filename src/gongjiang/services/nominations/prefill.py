"""Ask nothing twice: what the platform holds of the person already, for those who may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.identity_number import parse
from gongjiang.models import Case, Organisation, Subject
from gongjiang.rules.nominations.form_plan_parts import FormPlan
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.save import Saved, save_values
from gongjiang.services.nominations.start import start_case
from gongjiang.services.people.sealing import identity_hash, opened
from gongjiang.services.programmes.programme import Programme, programme_of


@dataclass(frozen=True)
class Known:
    """What may be taken over: answers in clear, by name."""

    name: str
    values: Mapping[str, Any]


def knows(actor: Actor, case: Case) -> Q:
    """Subjects of whom this actor may know what was filled in: oneself, and whom one's own unit nominated before."""
    return Q(user_id=actor.user_id) | Q(cases__applying_unit_id=case.applying_unit_id)


def known_of(actor: Actor, at: datetime, case: Case) -> Known | None:
    """What the person's record holds that this form still lacks; None if nothing, or nothing one may know.

    The person is found by the identity number that was typed in, so nobody learns of a stranger: a number of
    somebody else's nominee gives nothing at all.
    """
    programme = programme_of(case.process)
    if actor.user_id is None or programme.award(case.award).subject != "person":
        return None
    words = programme.pack.vocabulary
    values = opened(case.values, words)
    subject = _subject(actor, at, case, str(values.get("id_number") or ""))
    if subject is None:
        return None
    held = opened(subject.values, words)
    asked = _askable(plan_of(programme, case))
    fresh = {
        name: value
        for name, value in held.items()
        if name in asked and not is_blank(value) and is_blank(values.get(name)) and name != "id_number"
    }
    return Known(subject.name, fresh) if fresh else None


def take_over(*, actor: Actor, at: datetime, case_id: int, version: int | None = None) -> Saved:
    """Fill the blanks of the form from the person's record. NotFound if there is nothing one may know."""
    case = get_case(actor, case_id)
    known = known_of(actor, at, case)
    if known is None:
        raise NotFound("平台里没有可以带入的资料。", "Nothing to take over.")
    return save_values(actor=actor, at=at, case_id=case_id, changes=known.values, version=version)


def _askable(plan: FormPlan) -> frozenset[str]:
    """Names at the top of the values that the form asks for; what is about this case alone is never taken over."""
    return frozenset(path for path in plan.paths() if "." not in path)


def _subject(actor: Actor, at: datetime, case: Case, number: str) -> Subject | None:
    try:
        plain = parse(number, on=timezone.localtime(at).date()).value
    except BadInput:
        return None
    found = Subject.objects.filter(knows(actor, case), kind="person", identity_hash=identity_hash(plain))
    return found.distinct().first()


@transaction.atomic
def begin(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    award: str,
    route: str,
    unit: Organisation,
    receiver: Organisation | None = None,
    title: str = "",
    myself: bool = False,
) -> Case:
    """Start a nomination with what is known at once: name, employer, the day; for oneself, one's own record."""
    case = start_case(
        actor=actor, at=at, programme=programme, award=award, route=route, unit=unit, receiver=receiver,
        title=title.strip()[:60],
    )  # fmt: skip
    words = programme.pack.vocabulary
    asked = plan_of(programme, case).paths()
    own = Subject.objects.filter(user_id=actor.user_id).first() if myself and actor.user_id else None
    known = dict(opened(own.values, words)) if own is not None else {}
    if title.strip():
        known["name"] = title.strip()
    elif myself:
        known.setdefault("name", actor.name)
    if unit.level == "employer":
        known.setdefault("employer", unit.name)
    changes = {name: value for name, value in known.items() if name in asked and not is_blank(value)}
    if "case.fill_date" in asked:
        changes["fill_date"] = timezone.localtime(at).date().isoformat()
    if changes:
        case = save_values(actor=actor, at=at, case_id=case.pk, changes=changes).case
    return case
