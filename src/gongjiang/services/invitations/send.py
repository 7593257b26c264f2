"""A one-time link that whoever asks for it never sees: the platform sends it itself; where it can't, an office that
isn't the asker's hands it out, on record."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Case, Delivery, Invitation
from gongjiang.rules.messages.contact import Contact, masked, read_contact
from gongjiang.services.invitations.make import USUAL_DAYS, digest_of, invite, new_token, note_link
from gongjiang.services.messages.outside import Words, send_outside, ways
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import files
from gongjiang.services.people.sealing import open_text, seal_text

PLACE: Final = "邮箱或手机号"
SEAL: Final = "contact"


@dataclass(frozen=True)
class Asked:
    """What the receiver is asked, in the words of the room that asks. `door`: how the address of its page begins;
    `what`: what lists call it; `text`: what is said with the link, naming no nominee."""

    purpose: str
    key: str
    door: str
    what: str
    text: str


@transaction.atomic
def send_invitation(
    *, actor: Actor, at: datetime, case: Case, asked: Asked, recipient: str, contact: str, days: int = USUAL_DAYS
) -> Invitation:
    """A new link to a mail address or mobile number, sent by the platform; an open one for the same matter ends. Where
    this way isn't set up nobody gets a token: the office is told that it is asked to hand the link out."""
    to = read_contact(contact, place=PLACE)
    made, token = invite(
        actor=actor, at=at, about=case, purpose=asked.purpose, key=asked.key, recipient=recipient, days=days
    )
    made.contact = seal_text(to.address, SEAL)
    if to.way in ways():
        made.way = to.way
        made.delivery = _queue(actor, at, made, to, asked, token)
    else:
        made.way = Invitation.Way.OFFICE
        _ask_office(actor, at, case, made, asked)
    made.save(update_fields=["contact", "way", "delivery"])
    return made


def contact_of(one: Invitation) -> str:
    """Where a link was sent, in clear: for comparing, and for the office that hands it out."""
    return open_text(one.contact, SEAL) if one.contact else ""


def contact_shown(one: Invitation) -> str:
    """Where a link was sent, as pages show it."""
    return masked(contact_of(one)) if one.contact else ""


def failed(one: Invitation) -> bool:
    """Could the platform not send it?"""
    return one.delivery is not None and one.delivery.state == Delivery.State.DEAD


def to_hand_out(actor: Actor, at: datetime) -> list[Invitation]:
    """Open links that the actor's office is asked to hand out, oldest first. Two queries."""
    found = _stuck(at).filter(
        Q(case__nominator_id__in=_offices(actor)) | Q(case__process__edition__organiser_id__in=_offices(actor))
    )
    return [one for one in found.order_by("made_at", "id")[:200] if _may_hand(actor, one)]


@transaction.atomic
def hand_out(*, actor: Actor, at: datetime, invitation_id: int) -> tuple[Invitation, str]:
    """A token for a link that the platform couldn't send, to be handed to the receiver; one handed out before ends with
    it. NotFound for links of others, Refused for one's own side's."""
    one = _stuck(at).select_for_update(of=("self",)).filter(pk=invitation_id).first()
    if one is None or one.case is None or not _of_office(actor, one.case):
        raise NotFound()
    if not _may_hand(actor, one):
        raise Refused("申报一方的人不能经手这个链接，请由受理单位的其他人转交。", "Not by the asker's own side.")
    token, since = new_token(), one.handed_at or one.made_at
    one.digest, one.handed_by_id, one.handed_at = digest_of(token), actor.user_id, at
    one.opened_at, one.tries, one.expires_at = None, 0, at + (one.expires_at - since)
    one.save(update_fields=["digest", "handed_by", "handed_at", "opened_at", "tries", "expires_at"])
    note_link(actor, at, one, "link.hand")
    return one, token


def office_of(case: Case) -> int:
    """Who hands out what the platform can't send: whoever the unit files with, or else the organiser."""
    own = case.nominator_id == case.applying_unit_id
    return case.process.edition.organiser_id if own else case.nominator_id


def _queue(actor: Actor, at: datetime, made: Invitation, to: Contact, asked: Asked, token: str) -> Delivery:
    words = Words(
        to.address, made.recipient, asked.purpose, asked.what, asked.text, f"{settings.URL}/{asked.door}/{token}/"
    )
    label = f"{asked.what}的链接（致{made.recipient}，{masked(to.address)}）"
    return send_outside(
        at=at, way=to.way, words=words, label=label, asker_id=actor.user_id, about=f"case:{made.case_id}"
    )


def _ask_office(actor: Actor, at: datetime, case: Case, made: Invitation, asked: Asked) -> None:
    who = f"{actor.name}（{case.applying_unit.name}）请{made.recipient}填写{asked.what}"
    text = f"{who}，平台没有开通这种发送方式，请贵单位转交链接。"
    tell(at=at, text=text, link="links", organisation_id=office_of(case), headline=f"有一个{asked.what}的链接要转交。")


def _stuck(at: datetime) -> QuerySet[Invitation]:
    """Open links that nobody has got: not sent by the platform, or not to be sent."""
    waits = Q(way=Invitation.Way.OFFICE) | Q(delivery__state=Delivery.State.DEAD)
    rows = Invitation.objects.filter(waits, used_at=None, revoked_at=None, expires_at__gt=at, case__isnull=False)
    return rows.select_related("case__process__edition", "case__applying_unit", "case__subject", "made_by", "handed_by")


def _offices(actor: Actor) -> set[int]:
    return {one.organisation_id for one in actor.grants if one.role in HANDLING}


def _of_office(actor: Actor, case: Case) -> bool:
    edition = case.process.edition
    return any(
        actor.has(*HANDLING, organisation_id=one, edition_id=edition.pk)
        for one in {office_of(case), edition.organiser_id}
    )


def _may_hand(actor: Actor, one: Invitation) -> bool:
    """By the office, and by nobody who could fill in the case or asked for this link."""
    case = one.case
    return case is not None and _of_office(actor, case) and not files(actor, case) and one.made_by_id != actor.user_id
