"""Write down that somebody was contacted, one or many at once; take it back with the reason."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Stale
from gongjiang.models import Concern, Contact, ContactLatest, Honour
from gongjiang.rules.cultivation.contact import ANSWER_DAYS
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.cultivation.contact.queries import honours_kept, visible_to
from gongjiang.services.cultivation.writing import words
from gongjiang.services.honours.note import note_honour

MOST: Final = 200
"""People of one seminar."""


@dataclass(frozen=True)
class Spoken:
    """What is written down. `concern`: what they asked, '' for nothing; `due`: by when it is answered (None: in the
    usual time). A concern belongs to one person, so it is written with one alone."""

    on: date
    way: str
    said: str = ""
    who: str = ""
    concern: str = ""
    due: date | None = None


@transaction.atomic
def note(*, actor: Actor, at: datetime, honour_ids: Sequence[int], spoken: Spoken) -> list[Contact]:
    """One contact for each of the artisans. NotFound where one of them isn't the actor's to contact."""
    honours = list(honours_kept(actor).filter(pk__in=list(honour_ids)[: MOST + 1]).order_by("pk"))
    if not honours or len(honours) != len(set(honour_ids)):
        raise NotFound()
    if len(honours) > MOST:
        raise BadInput(f"一次最多记录 {MOST} 人。", "Too many at once.", place="工匠")
    one = _checked(actor, at, spoken, honours)
    batch = secrets.token_hex(8) if len(honours) > 1 else ""
    shared = {"on": one.on, "way": one.way, "who": one.who, "said": one.said, "by_id": actor.user_id, "at": at}
    made = Contact.objects.bulk_create(Contact(honour=honour, batch=batch, **shared) for honour in honours)
    keep_latest([one.pk for one in honours])
    if one.concern:
        due = one.due or one.on + timedelta(days=ANSWER_DAYS)
        Concern.objects.create(
            honour=honours[0], contact=made[0], text=one.concern, due=due, by_id=actor.user_id, at=at
        )
    for honour, contact in zip(honours, made, strict=True):
        data = {"honour": honour.pk, "on": one.on.isoformat(), "way": one.way, "concern": bool(one.concern)}
        told = Told(contact.pk, data, honour.case_id)
        append_many(
            actor=actor, at=at, action="contact.note", kind="contact", told=[told], edition_id=honour.edition_id
        )
    return made


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, contact_id: int, version: int, reason: str) -> Contact:
    """Take back what was written by mistake; it stays on record. Whoever wrote it, or a colleague of the office."""
    found = visible_to(actor).filter(pk=contact_id).select_related("honour").first()
    if found is None:
        raise NotFound()
    if not honours_kept(actor).filter(pk=found.honour_id).exists():
        raise NotAllowed("由主办工会或推荐单位更正。", "Not yours to correct.")
    said = words(reason, "理由", 300, needed=False)
    if not said:
        raise BadInput("请写明撤回的理由。", "Give the reason.", place="理由")
    done = Contact.objects.filter(pk=found.pk, version=version, withdrawn_at=None)
    if not done.update(withdrawn_at=at, reason=said, version=version + 1):
        raise Stale("这一条刚刚变了，请刷新后重试。", "It changed meanwhile.")
    keep_latest([found.honour_id])
    data = {"honour": found.honour_id, "reason": said}
    note_honour(actor, at, found.honour, "contact.withdraw", data, kind="contact", key=found.pk)
    return found


def keep_latest(honour_ids: Iterable[int]) -> None:
    """Set the kept last day and number anew from the contacts that stand, in the transaction in hand. The rows are
    locked first, in one order, so that two who write at once both count."""
    wanted = sorted(set(honour_ids))
    ContactLatest.objects.bulk_create([ContactLatest(honour_id=one) for one in wanted], ignore_conflicts=True)
    held = list(ContactLatest.objects.select_for_update().filter(honour_id__in=wanted).order_by("honour_id"))
    live = Contact.objects.filter(honour_id__in=wanted, withdrawn_at=None).order_by()
    known = {pk: (last, n) for pk, last, n in live.values_list("honour_id").annotate(Max("on"), Count("pk"))}
    for one in held:
        one.last, one.times = known.get(one.honour_id, (None, 0))
    ContactLatest.objects.bulk_update(held, ["last", "times"])


def _checked(actor: Actor, at: datetime, spoken: Spoken, honours: Sequence[Honour]) -> Spoken:
    today = timezone.localtime(at).date()
    if spoken.way not in Contact.Way.values:
        raise BadInput("请选择联系的方式。", "Choose a way.", place="方式")
    if spoken.on > today:
        raise BadInput("日期还没有到，请联系以后再记。", "The day hasn't come.", place="日期")
    early = next((one for one in honours if spoken.on < one.from_date), None)
    if early is not None:
        raise BadInput(f"{early.name}在{early.from_date:%Y-%m-%d}才命名或入选。", "Before the naming.", place="日期")
    concern = words(spoken.concern, "诉求", 500, needed=False)
    if concern and len(honours) > 1:
        raise BadInput("诉求要记在提出的那一位名下，请单独记录。", "Write it with one person.", place="诉求")
    if concern and spoken.due is not None and not spoken.on <= spoken.due <= today + timedelta(days=366):
        raise BadInput("答复期限应在联系之后、一年以内。", "Within a year after it.", place="答复期限")
    said = words(spoken.said, "情况", 1000, needed=False)
    if not said and not concern:
        raise BadInput("请写一句联系的情况。", "Say what was spoken of.", place="情况")
    who = words(spoken.who, "联系人", 60, needed=False) or actor.name[:60]
    return Spoken(spoken.on, spoken.way, said, who, concern, spoken.due)
