"""委托代办: somebody's part handed to a colleague of the same organisation for some days, on record."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.kernel.text import clean
from gongjiang.models import Delegation, Grant, User
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import ACTING
from gongjiang.services.programmes.windows import midnight

LONGEST: Final = 60
"""Days."""


@dataclass(frozen=True)
class Part:
    """One of the actor's own parts, and the colleagues who could stand in."""

    grant: Grant
    colleagues: tuple[User, ...]


def own_parts(actor: Actor, at: datetime) -> list[Part]:
    """Parts that the actor may hand on: their own, not those handed to them."""
    mine = _standing(at).filter(user_id=actor.user_id or 0, role__in=ACTING, delegation=None)
    found = list(mine.select_related("organisation", "edition").order_by("organisation_id", "role"))
    there = _standing(at).filter(organisation_id__in={one.organisation_id for one in found}, user__is_active=True)
    people: dict[int, dict[int, User]] = {}
    for one in there.select_related("user").order_by("user__full_name", "user_id"):
        if one.user_id != actor.user_id:
            people.setdefault(one.organisation_id, {})[one.user_id] = one.user
    return [Part(one, tuple(people.get(one.organisation_id, {}).values())) for one in found]


def mine_and_given(actor: Actor) -> list[Delegation]:
    """What the actor handed on and what was handed to them, newest first."""
    rows = Delegation.objects.filter(Q(giver_id=actor.user_id or 0) | Q(grant__user_id=actor.user_id or 0))
    return list(rows.select_related("giver", "grant__user", "grant__organisation").order_by("-id")[:50])


@transaction.atomic
def deputise(*, actor: Actor, at: datetime, grant_id: int, user_id: int, until: date, reason: str) -> Delegation:
    """Hand one's part to a colleague until the end of a day. The giver keeps it as well; what the colleague does stands
    under the colleague's own name. BadInput for a stranger, a strange day or no reason."""
    part = next((one for one in own_parts(actor, at) if one.grant.pk == grant_id), None)
    if part is None:
        raise NotFound()
    colleague = next((one for one in part.colleagues if one.pk == user_id), None)
    if colleague is None:
        raise BadInput("只能委托本单位的同事。", "Choose a colleague.", place="委托给")
    today = timezone.localtime(at).date()
    if not today <= until <= today + timedelta(days=LONGEST):
        raise BadInput(f"截止日期须在今天至 {LONGEST} 天之内。", "Within 60 days.", place="截止日期")
    why = clean(reason).strip()
    if not why or len(why) > 200:
        raise BadInput("请写明委托的事由（200 字以内）。", "Say why.", place="事由")
    grant = part.grant
    same = {"organisation_id": grant.organisation_id, "role": grant.role, "edition_id": grant.edition_id}
    if _standing(at).filter(user=colleague, **same).exists():
        raise BadInput(f"{colleague}已经有这项权限。", "Held already.", place="委托给")
    made = Delegation.objects.create(
        grant=Grant.objects.create(user=colleague, since=at, until=midnight(until + timedelta(days=1)), **same),
        giver_id=actor.user_id or 0,
        reason=why,
        made_at=at,
    )
    text = f"{actor.name}委托您代办{grant.organisation.short_name or grant.organisation.name}的"
    tell(at=at, text=f"{text}{grant.get_role_display()}事项，至{long_date(until)}。", user_id=colleague.pk)
    _record(actor, at, made, "grant.delegate")
    return made


@transaction.atomic
def end_deputy(*, actor: Actor, at: datetime, delegation_id: int) -> Delegation:
    """Take one's part back before its day; the colleague's next request is refused."""
    made = Delegation.objects.select_for_update().filter(pk=delegation_id, giver_id=actor.user_id or 0).first()
    if made is None:
        raise NotFound()
    if made.ended_at is not None or (made.grant.until is not None and made.grant.until <= at):
        raise BadInput("这项委托已经结束。", "It has ended.")
    made.ended_at = made.grant.until = at
    made.grant.save(update_fields=["until"])
    made.save(update_fields=["ended_at"])
    tell(at=at, text=f"{actor.name}已收回委托您代办的事项。", user_id=made.grant.user_id)
    _record(actor, at, made, "grant.delegate_end")
    return made


def _standing(at: datetime) -> QuerySet[Grant]:
    return Grant.objects.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


def _record(actor: Actor, at: datetime, made: Delegation, action: str) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="delegation",
        key=made.pk,
        edition_id=made.grant.edition_id,
        data={"to": made.grant.user_id, "organisation": made.grant.organisation_id, "role": made.grant.role},
    )
