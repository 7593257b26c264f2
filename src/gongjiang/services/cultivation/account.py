"""An artisan's own account: whoever looks after them sends a link, the artisan opens an account by it, or binds the
one they have (ledger M-16: the platform reaches the artisan, and not their unit alone)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Stale
from gongjiang.kernel.identity_number import normalise
from gongjiang.kernel.names import parse_name
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Honour, Invitation, Subject, User
from gongjiang.rules.cultivation.hands import Hand
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.accounts.people import open_own, renew_own
from gongjiang.services.cultivation.holder import (
    DIGITS,
    PURPOSE,
    Holder,
    holder_behind,
    kept_holder,
    links_of,
    note_holder,
)
from gongjiang.services.invitations.door import at_door, guest, use_up
from gongjiang.services.invitations.make import USUAL_DAYS, invite, take_back
from gongjiang.services.invitations.queries import state_of
from gongjiang.services.messages.send import tell

KEY: Final = "own"
TRIES: Final = 5
"""Answers that were not accepted; then the link is closed: the digits must not be guessed."""
ASKED: Final = {"id_number": "身份证号后六位", "mobile": "登记的手机号后四位"}


@dataclass(frozen=True)
class Standing:
    """How it stands with somebody's account. `state`: open, or of the last link (sent, opened, expired, revoked, used),
    or none; `kind`: by what they show who they are, '' where nothing is known of them."""

    state: str
    username: str
    link: Invitation | None
    kind: str

    @property
    def pending(self) -> bool:
        """Is there a link that may still be used?"""
        return self.state in {"sent", "opened"}


@dataclass(frozen=True)
class Door:
    """What lies behind a good token. `username`: of the account that is there already, whose password is set anew."""

    invitation: Invitation
    holder: Holder
    kind: str
    username: str

    @property
    def asked(self) -> str:
        """What is asked for to know the person."""
        return ASKED[self.kind]


@dataclass(frozen=True)
class Given:
    """What was typed behind the link. `digits`: the end of the number that is asked for."""

    digits: str
    username: str = ""
    password: str = ""
    again: str = ""


def standing_of(holder: Honour | Holder, at: datetime) -> Standing:
    """The account of an honour's holder, or of whom a register names, and the last link; whoever asks has been let see
    them."""
    one = Holder(holder.subject, holder.name, holder) if isinstance(holder, Honour) else holder
    kind, link, user = one.number[0], one.link, one.subject.user
    if user is not None and not (link is not None and state_of(link, at) in {"sent", "opened"}):
        return Standing("open", user.username, link, kind)
    return Standing(state_of(link, at) if link is not None else "none", user.username if user else "", link, kind)


@transaction.atomic
def send_link(
    *, actor: Actor, at: datetime, honour_id: int | None = None, subject_id: int | None = None, days: int = USUAL_DAYS
) -> tuple[Invitation, str]:
    """A link for the artisan of an honour, or for a person on a list that one's organisation brought in, and its token,
    shown once; where the account is open already, it sets the password anew. Links sent before end with it.

    Raises NotAllowed and NotFound for who doesn't look after them, Refused where nothing tells who they are.
    """
    holder = kept_holder(actor, honour_id, subject_id)
    if holder.subject.kind != "person":
        raise Refused("集体和工作室没有本人账号。", "Only persons have one.")
    if not holder.number[0]:
        raise Refused(
            "申报表和名册里都没有身份证号，也没有手机号，无法核对本人。请先补正。", "Nothing to know them by."
        )
    if holder.honour is None and holder.subject.user is not None:
        _must_have_opened(actor, holder)
    links_of(holder.subject).filter(used_at=None, revoked_at=None).update(revoked_at=at)
    about = holder.honour.case if holder.honour is not None and holder.honour.case is not None else holder.subject
    return invite(
        actor=actor, at=at, about=about, purpose=PURPOSE, key=KEY, recipient=f"{holder.name}本人"[:60], days=days
    )


def _must_have_opened(actor: Actor, holder: Holder) -> None:
    """Of two who brought in lists with the same person, the one must not take over what the other opened."""
    if not links_of(holder.subject).filter(used_at__isnull=False, made_by_id=actor.user_id).exists():
        raise Refused("这个账号由别的单位开通，请由当时发链接的人重发。", "Somebody else sent the first link.")


@transaction.atomic
def take_link_back(*, actor: Actor, at: datetime, honour_id: int | None = None, subject_id: int | None = None) -> None:
    """End the link that is out. Refused where none is."""
    link = kept_holder(actor, honour_id, subject_id).link
    if link is None:
        raise Refused("没有发出的链接。", "No link is out.")
    take_back(actor=actor, at=at, invitation=link)


@transaction.atomic
def unbind(
    *, actor: Actor, at: datetime, reason: str, honour_id: int | None = None, subject_id: int | None = None
) -> None:
    """Part an account from the artisan (the wrong person opened it): the step of the union, or of whoever keeps the
    register, with its reason. The account stays, and sees nothing of the artisan from then on."""
    holder = kept_holder(actor, honour_id, subject_id, Hand.UNION)
    said = clean(reason).strip()[:300]
    if not said:
        raise BadInput("请写明解除的理由。", "Give the reason.", place="理由")
    user_id = holder.subject.user_id
    if user_id is None or not Subject.objects.filter(pk=holder.subject.pk, user_id=user_id).update(user=None):
        raise Refused("没有绑定的账号。", "No account is bound.")
    note_holder(actor, at, holder, "account.unbind", {"user": user_id, "reason": said})


def behind(token: str, at: datetime) -> Door:
    """What a token opens. NotFound, LinkEnded as `at_door`."""
    invitation = at_door(token, PURPOSE, at)
    holder = holder_behind(invitation)
    user = holder.subject.user
    return Door(invitation, holder, holder.number[0] or "id_number", user.username if user is not None else "")


@transaction.atomic
def open_account(*, at: datetime, token: str, given: Given, actor: Actor) -> User:
    """The artisan opens an account of their own, or sets the password of theirs anew. Raises BadInput by field: after
    it `note_failed` is due. `actor` is whoever knocks; on record stands the artisan, by name."""
    door = behind(token, at)
    holder = guest(door.holder.name) if actor.user_id is None else actor
    _recognise(door, given.digits)
    if given.password != given.again:
        raise BadInput("两次输入的密码不一样。", "The two differ.", place="再输一次")
    user = door.holder.subject.user
    if user is not None:
        renew_own(actor=holder, at=at, user=user, password=given.password)
        use_up(door.invitation, at)
        return user
    made = open_own(actor=holder, at=at, username=given.username, full_name=door.holder.name, password=given.password)
    _bind(holder, at, door, made)
    return made


@transaction.atomic
def bind_account(*, actor: Actor, at: datetime, token: str, digits: str) -> None:
    """The artisan, signed in to an account they have (of an enterprise, of an expert), makes it theirs as an artisan.
    It must bear their name, so that nobody binds an artisan to the account of whoever sent the link."""
    door = behind(token, at)
    user = User.objects.filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound()
    _recognise(door, digits)
    if parse_name(user.full_name) != parse_name(door.holder.name):
        raise BadInput(
            f"现在登录的是{user.full_name}的账号，不是{door.holder.name}本人的。", "Not their account.", place="账号"
        )
    if Subject.objects.filter(user=user).exists():
        raise BadInput("这个账号已经绑定了一位工匠。", "Bound already.", place="账号")
    _bind(actor, at, door, user)


def _bind(actor: Actor, at: datetime, door: Door, user: User) -> None:
    use_up(door.invitation, at)
    if not Subject.objects.filter(pk=door.holder.subject.pk, user=None).update(user=user):
        raise Stale("账号刚刚已经开通，请直接登录。", "Opened meanwhile.")
    drafts = Case.objects.filter(subject=door.holder.subject, over__isnull=False, filer=None, state=CaseState.DRAFT)
    drafts.update(filer=user)  # an assessment that began before: its self-report is theirs to write
    note_holder(actor, at, door.holder, "account.bind", {"user": user.pk})
    text = f"{door.holder.name}已开通本人账号。"
    honour = door.holder.honour
    link = f"person:{door.holder.subject.pk}" if honour is None else f"artisan:{honour.pk}"
    tell(at=at, text=text, link=link, user_id=door.invitation.made_by_id)


def _recognise(door: Door, digits: str) -> None:
    kind, number = door.holder.number
    if not kind or normalise(digits) != normalise(number)[-DIGITS[kind] :]:
        asked = ASKED[kind or "id_number"]
        raise BadInput(f"{asked}不对，请核对。输错 {TRIES} 次，链接作废。", "Not the right digits.", place="核对")
