"""An opinion by a one-time link: for a party without an account, such as a county bureau."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Invitation, Opinion
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.invitations.door import at_door, case_behind, guest, use_up
from gongjiang.services.invitations.make import USUAL_DAYS, invite
from gongjiang.services.invitations.send import PLACE, Asked, send_invitation
from gongjiang.services.nominations.authority import files
from gongjiang.services.nominations.opinion_parties import PartyAsked
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.boxes import is_party, may_give, open_stages
from gongjiang.services.opinions.decline import put_aside
from gongjiang.services.opinions.give import enter, holder_of, open_box, said_in_box
from gongjiang.services.programmes.programme import Programme, programme_of

PURPOSE = "opinion"


@dataclass(frozen=True)
class Wanted:
    """What whoever holds the link is asked: the box, and of whom."""

    invitation: Invitation
    programme: Programme
    stage: Stage
    asked: PartyAsked

    @property
    def key(self) -> tuple[str, str]:
        """Sheet and party."""
        return self.asked.sheet, self.asked.party

    @property
    def case(self) -> Case:
        """About whom."""
        return case_behind(self.invitation)


@transaction.atomic
def send_link(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    sheet: str,
    party: str,
    recipient: str,
    days: int = USUAL_DAYS,
    contact: str = "",
) -> tuple[Invitation, str]:
    """Ask for an opinion by link, of the party itself (somebody of theirs), or by whoever may ask for it. Refused while
    the box isn't open or once it is filled.

    With a `contact` (mail address or mobile number) the platform sends the link, and the token is ''. Without one it is
    given to whoever asks, to hand on: never to the side that files, whose word another's box is not.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    _, asked = open_box(programme, case, sheet, party)
    given = Opinion.objects.filter(case=case, sheet=sheet, party=party).first()
    now = open_stages(programme, case)
    if not may_ask(actor, programme, case, asked, now):
        raise NotAllowed(f"“{asked.label}”不由您征求。", "Not yours to ask.")
    if not contact.strip() and not may_hold(actor, programme, case, asked):
        raise BadInput(
            "请填写对方的邮箱或手机号：申报一方不经手这一栏的链接，由平台直接发给对方。", "Where to?", place=PLACE
        )
    if given is not None and given.verdict:
        raise Refused("这一栏已经有意见，不用再发链接。要更正的，请先撤回。", "The box is filled.")
    box, _ = Opinion.objects.get_or_create(
        case=case,
        sheet=sheet,
        party=party,
        defaults={"asked_at": at, "organisation_id": holder_of(actor, programme, case, asked)},
    )
    if box.declined:
        box.declined, box.declined_at = "", None
        box.save(update_fields=["declined", "declined_at"])
    key = f"{sheet}.{party}"
    if not contact.strip():
        return invite(actor=actor, at=at, about=case, purpose=PURPOSE, key=key, recipient=recipient, days=days)
    text = (
        f"{recipient.strip()}：{actor.name}就“{programme.edition.title}”的一位人选征求“{asked.label}”。"
        "打开下面的链接可看到是谁并填写，不需要账号；链接只能提交一次，请勿转发与此无关的人。"
    )
    made = send_invitation(
        actor=actor,
        at=at,
        case=case,
        asked=Asked(PURPOSE, key, "opinion", asked.label, text),
        recipient=recipient,
        contact=contact,
        days=days,
    )
    return made, ""


def may_ask(actor: Actor, programme: Programme, case: Case, asked: PartyAsked, now: list[Stage]) -> bool:
    """Whoever may fill the empty box, and while the form is being filled in whoever does that: by a link they don't
    see."""
    if may_give(actor, programme, case, asked, now):
        return True
    return any(one.type == "apply" for one in now) and files(actor, case)


def may_hold(actor: Actor, programme: Programme, case: Case, asked: PartyAsked) -> bool:
    """May the token be given to the actor? To the party itself, and to an office that asks; not to the side that files:
    whoever holds a link could answer through it."""
    return is_party(actor, programme, case, asked) or not files(actor, case)


def wanted_of(token: str, at: datetime) -> Wanted:
    """What a token asks. NotFound, LinkEnded, or Refused where the case has gone on without it."""
    invitation = at_door(token, PURPOSE, at)
    case = case_behind(invitation)
    programme = programme_of(case.process)
    sheet, _, party = invitation.key.partition(".")
    stage, asked = open_box(programme, case, sheet, party)
    return Wanted(invitation, programme, stage, asked)


@transaction.atomic
def answer_by_link(
    *, actor: Actor, at: datetime, token: str, verdict: str, text: str, signer: str, post: str
) -> Opinion:
    """The one answer a link gives. `actor` is nobody: the record names who signed, in their own words."""
    wanted = wanted_of(token, at)
    case = lock_case(wanted.case.pk)
    signed = _signed(signer, post)
    words = said_in_box(wanted.asked, verdict, text)
    use_up(wanted.invitation, at)
    box = Opinion.objects.select_for_update().get(case=case, sheet=wanted.asked.sheet, party=wanted.asked.party)
    if box.verdict:
        raise Refused("这一栏刚刚已经有人填过。", "Somebody filled this box.")
    box.on_behalf, box.signer = False, signed
    enter(
        actor=guest(signed),
        at=at,
        programme=wanted.programme,
        case=case,
        stage=wanted.stage,
        asked=wanted.asked,
        box=box,
        said=(verdict, words),
    )
    return box


@transaction.atomic
def decline_by_link(*, actor: Actor, at: datetime, token: str, reason: str, signer: str, post: str) -> Opinion:
    """No opinion is given through the link, for a reason: it goes back to whoever asked."""
    wanted = wanted_of(token, at)
    case = lock_case(wanted.case.pk)
    signed = _signed(signer, post)
    use_up(wanted.invitation, at)
    box = Opinion.objects.select_for_update().get(case=case, sheet=wanted.asked.sheet, party=wanted.asked.party)
    put_aside(
        actor=guest(signed),
        at=at,
        programme=wanted.programme,
        case=case,
        stage=wanted.stage,
        asked=wanted.asked,
        box=box,
        reason=reason,
        asker_id=wanted.invitation.made_by_id,
    )
    return box


def _signed(signer: str, post: str) -> str:
    name, held = clean(signer).strip(), clean(post).strip()
    if not name or len(name) > 40:
        raise BadInput("请填写您的姓名（40 字以内）。", "Say who you are.", place="签署人姓名")
    if not held or len(held) > 38:
        raise BadInput("请填写您的单位职务（38 字以内）。", "Say your post.", place="单位职务")
    return f"{name}，{held}"


def speaks_itself(actor: Actor, wanted: Wanted) -> bool:
    """Is the person at the door somebody who could sign in and fill the box?"""
    return is_party(actor, wanted.programme, wanted.case, wanted.asked)
