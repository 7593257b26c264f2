"""A party gives no opinion, and says why: the box goes back to whoever asked."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean, count_text
from gongjiang.models import Case, Opinion
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import is_applicant, parties_of
from gongjiang.services.nominations.opinion_parties import PartyAsked
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.boxes import is_party
from gongjiang.services.opinions.give import open_box
from gongjiang.services.programmes.programme import Programme, programme_of

LONGEST = 200


@transaction.atomic
def decline(*, actor: Actor, at: datetime, case_id: int, sheet: str, party: str, reason: str) -> Opinion:
    """The party says that it gives no opinion here (不属本部门职责 …). Refused once there is one."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    stage, asked = open_box(programme, case, sheet, party)
    if not is_party(actor, programme, case, asked) or is_applicant(actor, case):
        raise NotAllowed(f"“{asked.label}”不由您填写。", "Not your box.")
    box, _ = Opinion.objects.get_or_create(case=case, sheet=sheet, party=party, defaults={"asked_at": at})
    put_aside(actor=actor, at=at, programme=programme, case=case, stage=stage, asked=asked, box=box, reason=reason)
    return box


def put_aside(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    case: Case,
    stage: Stage,
    asked: PartyAsked,
    box: Opinion,
    reason: str,
    asker_id: int | None = None,
) -> None:
    """Write the refusal into the box, inside the transaction of whoever was let in, and tell those who asked: whoever
    runs the stage, and `asker_id`, who sent the link."""
    words = clean(reason).strip()
    if not words:
        raise BadInput("不出具意见须写明理由。", "Say why.", place="理由")
    if count_text(words) > LONGEST or len(words) > 300:
        raise BadInput(f"理由最多 {LONGEST} 字。", "Too long.", place="理由")
    if box.verdict:
        raise Refused("这一栏已经有意见，不能再退回。", "The box is filled.")
    box.declined, box.declined_at = words, at
    box.version += 1
    box.save(update_fields=["declined", "declined_at", "version"])
    append(
        actor=actor,
        at=at,
        action="opinion.decline",
        kind="opinion",
        key=box.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"sheet": asked.sheet, "party": asked.party},
    )
    text = f"{case.title}：“{asked.label}”不出具意见：{words}"
    for one in sorted(parties_of(programme, case).organisations(programme.expand(stage.by))):
        tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=one)
    if asker_id is not None:
        tell(at=at, text=text, link=f"case:{case.pk}", user_id=asker_id)
    if stage.type == "apply" and case.filer_id is not None:
        tell(at=at, text=text, link=f"case:{case.pk}", user_id=case.filer_id)
