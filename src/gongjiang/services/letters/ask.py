"""Ask an expert for a letter by a one-time link that the platform sends, hand one in for them, take one back."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, BinaryIO, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Invitation, Letter
from gongjiang.rules.messages.contact import read_contact
from gongjiang.services.evidence.own import clean_scan, keep_own
from gongjiang.services.invitations.make import USUAL_DAYS, end_links
from gongjiang.services.invitations.queries import state_of
from gongjiang.services.invitations.send import PLACE, Asked, contact_of, failed, send_invitation
from gongjiang.services.letters.asked import LettersAsked, letters_asked
from gongjiang.services.letters.overview import may_ask
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import programme_of

PURPOSE = "letter"
PAUSE: Final = timedelta(hours=24)
"""So long between two links to the same address."""


@transaction.atomic
def send_letter_link(
    *, actor: Actor, at: datetime, case_id: int, row: str, contact: str = "", days: int = USUAL_DAYS
) -> Invitation:
    """Ask one expert of the form, at a mail address or mobile number; left empty: the number that the form has of them.
    The platform sends the link itself, so that whoever asks never holds it; where it can't, the office is asked to hand
    it out. An earlier link that wasn't used ends. Refused within a day of the last one to the same address."""
    case, asked = _mine(actor, case_id)
    expert, name = _named(asked, row)
    letter = _free(case, row, name) or Letter(case=case, row=row, asked_by_id=actor.user_id, asked_at=at)
    to = contact.strip() or str(expert.get("mobile") or "")
    if not to:
        raise BadInput("请填写专家本人的邮箱或手机号，链接由平台直接发给专家。", "Where to?", place=PLACE)
    _not_again(letter, to, at)
    letter.name, letter.employer = name[:40], str(expert.get("employer") or "")[:60]
    letter.declined_at, letter.declined_why = None, ""
    letter.invitation = None
    letter.save()
    letter.invitation = send_invitation(
        actor=actor,
        at=at,
        case=case,
        asked=Asked(PURPOSE, str(letter.pk), "letter", "专家推荐函", _words(case, name)),
        recipient=name[:60],
        contact=to,
        days=days,
    )
    letter.save(update_fields=["invitation"])
    return letter.invitation


@transaction.atomic
def hand_in(*, actor: Actor, at: datetime, case_id: int, row: str, name: str, content: BinaryIO) -> Letter:
    """The signed scan of an expert's letter, handed in by whoever fills in the form."""
    case, asked = _mine(actor, case_id)
    expert, called = _named(asked, row)
    scan = clean_scan(name, content, place="推荐函扫描件")
    letter = _free(case, row, called) or Letter(case=case, row=row, asked_by_id=actor.user_id, asked_at=at)
    letter.name, letter.employer = called[:40], str(expert.get("employer") or "")[:60]
    letter.declined_at, letter.declined_why = None, ""
    _end_link(letter, at)
    letter.save()
    _record(actor, at, letter, "letter.hand_in")
    title = f"推荐函：{letter.name}（扫描件）"
    letter.file = keep_own(actor=actor, at=at, case=case, attachment=asked.attachment, title=title, scan=scan)
    letter.save(update_fields=["file"])
    return letter


@transaction.atomic
def withdraw_letter(*, actor: Actor, at: datetime, case_id: int, letter_id: int, reason: str) -> Letter:
    """Take a letter, or the asking for one, off the case; it stays on record. Then another may be asked for."""
    case, _ = _mine(actor, case_id)
    why = clean(reason).strip()
    if not why or len(why) > 200:
        raise BadInput("请写明撤下的原因（200 字以内）。", "Say why.", place="原因")
    letter = Letter.objects.select_for_update().filter(case=case, pk=letter_id, withdrawn_at=None).first()
    if letter is None:
        raise BadInput("这封推荐函已经撤下。", "Withdrawn already.", place="推荐函")
    letter.withdrawn_at, letter.withdrawn_why = at, why
    _end_link(letter, at)
    letter.save()
    if letter.file is not None and letter.file.removed_at is None:
        letter.file.removed_at = at
        letter.file.save(update_fields=["removed_at"])
    _record(actor, at, letter, "letter.withdraw")
    return letter


def _mine(actor: Actor, case_id: int) -> tuple[Case, LettersAsked]:
    case = lock_case(case_id)
    programme = programme_of(case.process)
    asked = letters_asked(programme, case)
    if asked is None:
        raise Refused("这份申报不需要推荐函。", "No letters are asked for.")
    if not may_ask(actor, programme, case, asked):
        raise NotAllowed("推荐函由填报的人在提交之前请专家出具。", "Asked for by whoever fills in the form.")
    return case, asked


def _named(asked: LettersAsked, row: str) -> tuple[Mapping[str, Any], str]:
    """The expert of a row of the form, and their name."""
    expert = asked.row(row)
    name = str((expert or {}).get("name") or "").strip()
    if expert is None or not name:
        raise BadInput(
            "请先在表上填好这位推荐专家的姓名并保存。", "Name the expert in the form first.", place="推荐专家"
        )
    return expert, name


def _free(case: Case, row: str, name: str) -> Letter | None:
    """What was asked of this expert before; Refused if there is a letter."""
    letter = Letter.objects.select_for_update().filter(case=case, row=row, withdrawn_at=None).first()
    if letter is not None and (letter.signed_at is not None or letter.file_id is not None):
        raise Refused(f"{name}的推荐函已经有了。要重写、更换的，请先撤下。", "There is a letter already.")
    return letter


def _not_again(letter: Letter, contact: str, at: datetime) -> None:
    """An expert is written to once a day, unless the address was wrong or it couldn't be sent."""
    last = letter.invitation if letter.pk is not None else None
    if last is None or letter.declined_at is not None or failed(last) or state_of(last, at) not in {"sent", "opened"}:
        return
    same = contact_of(last) == read_contact(contact, place=PLACE).address
    if same and last.way != Invitation.Way.OFFICE and at < last.made_at + PAUSE:
        raise Refused("24 小时内已给这个地址发过，请稍后再催。地址有误的，请改正后重发。", "Sent already today.")


def _words(case: Case, name: str) -> str:
    """What an expert is told outside: who asks for what. Whom it is about stands behind the link."""
    edition = case.process.edition.title
    return (
        f"{name}：{case.applying_unit.name}正在申报“{edition}”，请您作为同行专家出具推荐函。"
        "打开下面的链接可看到被推荐人并填写，不需要账号；链接只给您本人，只能提交一次。不便推荐的，也可以在里面说明。"
    )


def _end_link(letter: Letter, at: datetime) -> None:
    if letter.invitation_id is not None:
        end_links(at=at, links=Invitation.objects.filter(pk=letter.invitation_id))


def _record(actor: Actor, at: datetime, letter: Letter, action: str) -> None:
    note_case(actor, at, letter.case, action, {"row": letter.row}, kind="letter", key=letter.pk)
