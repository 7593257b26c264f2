"""催办: remind whoever is waited for, at most once a day for the same matter."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Entry, Organisation
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.reports.todo.rows import asked_boxes
from gongjiang.services.reports.todo.scope import scope_of

PAUSE = timedelta(hours=24)


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
) -> bool:
    """The message and its entry. Somebody who was reminded within a day is left alone: Refused, or with `quiet`
    just False.

    Whether the actor may remind is asked by the caller, who knows what about.
    """
    recent = Entry.objects.filter(
        action="nudge", kind="organisation", key=str(organisation.pk), edition_id=edition_id, at__gt=at - PAUSE
    )
    if recent.exists():
        if quiet:
            return False
        raise Refused(f"24 小时内已催办过{organisation.short_name}，请稍后再催。", "Reminded already today.")
    tell(at=at, text=text, link=link, organisation_id=organisation.pk)
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
