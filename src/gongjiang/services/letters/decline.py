"""An expert who is asked for a letter doesn't write one: whoever asked is told, and asks another."""

from datetime import datetime
from typing import Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import clean
from gongjiang.models import Letter
from gongjiang.services.invitations.door import guest, use_up
from gongjiang.services.letters.write import wanted_letter
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.transition import lock_case

LONGEST: Final = 200


@transaction.atomic
def decline_letter(*, actor: Actor, at: datetime, token: str, reason: str) -> Letter:
    """The expert doesn't recommend; a reason may be given. The link is used up, whoever asked is told."""
    wanted = wanted_letter(token, at)
    case = lock_case(wanted.case.pk)
    why = clean(reason).strip()
    if len(why) > LONGEST:
        raise BadInput(f"说明最多 {LONGEST} 字。", "Too long.", place="说明")
    use_up(wanted.invitation, at)
    letter = Letter.objects.select_for_update().get(pk=wanted.letter.pk)
    letter.declined_at, letter.declined_why = at, why
    letter.save(update_fields=["declined_at", "declined_why"])
    text = f"{letter.name}不为{case.title}出具推荐函" + (f"：{why}" if why else "。")
    tell(at=at, text=text, link=f"case:{case.pk}", user_id=letter.asked_by_id or case.filer_id)
    expert = guest(letter.name)
    note_case(expert, at, case, "letter.decline", {"row": letter.row}, kind="letter", key=letter.pk)
    return letter
