"""What artisans ask: open until it is answered."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused, Stale
from gongjiang.models import Concern, Honour
from gongjiang.rules.cultivation.contact import ANSWER_DAYS
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.services.cultivation.contact.queries import concerns_visible_to, honours_kept
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.cultivation.writing import words
from gongjiang.services.honours.note import note_honour
from gongjiang.services.messages.send import tell

OPEN_AT_ONCE = 10
"""Unanswered points of one artisan: enough for whoever means them."""


@transaction.atomic
def raise_concern(*, actor: Actor, at: datetime, honour_id: int, text: str) -> Concern:
    """The artisan says themselves what they need; the unions that contact them are told."""
    honour = get_honour(actor, honour_id)
    need(actor, honour, Hand.ARTISAN)
    said = words(text, "想说的事")
    if Concern.objects.filter(honour=honour, answered_at=None).count() >= OPEN_AT_ONCE:
        raise Refused("已有多件等待答复，请等答复后再提。", "Too many are open.")
    due = timezone.localtime(at).date() + timedelta(days=ANSWER_DAYS)
    made = Concern.objects.create(honour=honour, text=said, due=due, by_id=actor.user_id, at=at)
    _record(actor, at, made, honour, "raise")
    told = f"{honour.name}提出一件事，请在{due.month}月{due.day}日前答复。"
    for one in _offices(honour):
        tell(at=at, text=told, link=f"artisan:{honour.pk}", organisation_id=one, headline="有一位工匠提出诉求")
    return made


@transaction.atomic
def answer(*, actor: Actor, at: datetime, concern_id: int, version: int, text: str) -> Concern:
    """The answer, by who contacts the artisan; the artisan is told. Once answered it stays so."""
    found = concerns_visible_to(actor).filter(pk=concern_id).select_related("honour__subject").first()
    if found is None:
        raise NotFound()
    if not honours_kept(actor).filter(pk=found.honour_id).exists():
        raise NotAllowed("由主办工会或推荐单位答复。", "Not yours to answer.")
    said = words(text, "答复")
    done = Concern.objects.filter(pk=found.pk, version=version, answered_at=None)
    if not done.update(answer=said, answered_at=at, answered_by_id=actor.user_id, version=version + 1):
        raise Stale("这件事刚刚已有人答复，请刷新。", "Answered meanwhile.")
    found.answer, found.answered_at, found.version = said, at, version + 1
    _record(actor, at, found, found.honour, "answer")
    tell(at=at, text="您提出的事有了答复，请到“我的培育”查看。", user_id=found.honour.subject.user_id)
    return found


def _offices(honour: Honour) -> set[int]:
    found = {honour.edition.organiser_id} if honour.edition is not None else set()
    return found | ({honour.case.nominator_id} if honour.case is not None else set())


def _record(actor: Actor, at: datetime, one: Concern, honour: Honour, step: str) -> None:
    data = {"honour": honour.pk, "due": one.due.isoformat()}
    note_honour(actor, at, honour, f"concern.{step}", data, kind="concern", key=one.pk)
