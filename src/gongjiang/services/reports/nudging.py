"""催办: remind whoever is waited for, at most once a day for the same matter."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Entry, Message, Organisation
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.reports.todo.rows import asked_boxes
from gongjiang.services.reports.todo.scope import scope_of

PAUSE = timedelta(hours=24)


def reminded_lately(at: datetime, edition_id: int, organisation_ids: Iterable[int]) -> set[int]:
    """Those of these organisations who were reminded in this edition within a day."""
    wanted = {str(one): one for one in organisation_ids}
    recent = Entry.objects.filter(
        action="nudge", kind="organisation", key__in=list(wanted), edition_id=edition_id, at__gt=at - PAUSE
    )
    return {wanted[key] for key in recent.values_list("key", flat=True)}


@dataclass(frozen=True)
class Told:
    """Who was reminded, about how many cases."""

    organisation: str
    count: int


@transaction.atomic
def nudge_opinions(*, actor: Actor, at: datetime, organisation_id: int, edition_id: int) -> Told:
    """Remind an organisation of opinions it owes on cases that are the actor's to push."""
    scope = scope_of(actor, at)
    owed = {
        one.case_id: one.title
        for one in asked_boxes(scope)
        if one.organisation_id == organisation_id
        and scope.programmes[one.process_id].edition.pk == edition_id
        and organisation_id not in scope.acting(edition_id)
    }
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if not owed or organisation is None:
        raise NotFound()
    names = "、".join(list(owed.values())[:5])
    remind(
        actor=actor,
        at=at,
        organisation=organisation,
        edition_id=edition_id,
        text=f"{actor.name}催办：{names}{'等' if len(owed) > 5 else ''} {len(owed)} 件意见尚未签署。",
        link="todo",
    )
    return Told(organisation.short_name, len(owed))


@transaction.atomic
def remind(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    edition_id: int,
    text: str,
    link: str = "",
    quiet: bool = False,
    headline: str = "",
) -> bool:
    """The message and its entry. Somebody who was reminded within a day is left alone: Refused, or with `quiet`
    just False.

    Whether the actor may remind is asked by the caller, who knows what about.
    """
    if reminded_lately(at, edition_id, [organisation.pk]):
        if quiet:
            return False
        raise Refused(f"24 小时内已催办过{organisation.short_name}，请稍后再催。", "Reminded already today.")
    tell(
        at=at,
        text=text,
        link=link,
        organisation_id=organisation.pk,
        kind=Message.Kind.REMINDER,
        headline=headline or "有事项等待贵单位办理，请登录平台查看。",
    )
    append(
        actor=actor,
        at=at,
        action="nudge",
        kind="organisation",
        key=organisation.pk,
        edition_id=edition_id,
        data={"text": text},
    )
    return True
