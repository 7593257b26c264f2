"""Ask an expert for a letter by a one-time link, hand one in for them, take one back."""

from datetime import datetime
from typing import BinaryIO

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Case, Invitation, Letter
from gongjiang.services.evidence.own import clean_scan, keep_own
from gongjiang.services.invitations.make import USUAL_DAYS, invite
from gongjiang.services.letters.asked import LettersAsked, letters_asked
from gongjiang.services.letters.overview import may_ask
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import programme_of

PURPOSE = "letter"


@transaction.atomic
def send_letter_link(
    *, actor: Actor, at: datetime, case_id: int, row: str, days: int = USUAL_DAYS
) -> tuple[Invitation, str]:
    """Ask one expert of the form; the invitation and the token to hand on. An earlier link that wasn't used ends."""
    case, asked = _mine(actor, case_id)
    expert = asked.row(row)
    name = str((expert or {}).get("name") or "").strip()
    if expert is None or not name:
        raise BadInput(
            "请先在表上填好这位推荐专家的姓名并保存。", "Name the expert in the form first.", place="推荐专家"
        )
    letter = Letter.objects.select_for_update().filter(case=case, row=row, withdrawn_at=None).first()
    if letter is not None and (letter.signed_at is not None or letter.file_id is not None):
        raise Refused(f"{name}的推荐函已经有了。要重写的，请先撤下。", "There is a letter already.")
    letter = letter or Letter(case=case, row=row, asked_by_id=actor.user_id, asked_at=at)
    letter.name, letter.employer = name[:40], str(expert.get("employer") or "")[:60]
    letter.invitation = None
    letter.save()
    made, token = invite(
        actor=actor, at=at, about=case, purpose=PURPOSE, key=str(letter.pk), recipient=name[:60], days=days
    )
    letter.invitation = made
    letter.save(update_fields=["invitation"])
    return made, token


@transaction.atomic
def hand_in(*, actor: Actor, at: datetime, case_id: int, row: str, name: str, content: BinaryIO) -> Letter:
    """The signed scan of an expert's letter, handed in by whoever fills in the form."""
    case, asked = _mine(actor, case_id)
    expert = asked.row(row)
    if expert is None or not expert.get("name"):
        raise BadInput(
            "请先在表上填好这位推荐专家的姓名并保存。", "Name the expert in the form first.", place="推荐专家"
        )
    scan = clean_scan(name, content, place="推荐函扫描件")
    letter = Letter.objects.select_for_update().filter(case=case, row=row, withdrawn_at=None).first()
    if letter is not None and (letter.signed_at is not None or letter.file_id is not None):
        raise Refused("这位专家的推荐函已经有了。要更换的，请先撤下。", "There is a letter already.")
    letter = letter or Letter(case=case, row=row, asked_by_id=actor.user_id, asked_at=at)
    letter.name = str(expert["name"])[:40]
    letter.employer = str(expert.get("employer") or "")[:60]
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


def _end_link(letter: Letter, at: datetime) -> None:
    if letter.invitation_id is not None:
        Invitation.objects.filter(pk=letter.invitation_id, used_at=None, revoked_at=None).update(revoked_at=at)


def _record(actor: Actor, at: datetime, letter: Letter, action: str) -> None:
    note_case(actor, at, letter.case, action, {"row": letter.row}, kind="letter", key=letter.pk)
