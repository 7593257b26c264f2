"""An opinion is taken back, with a reason: its box is empty again, what it said stays on record."""

from datetime import datetime
from typing import Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean, count_text
from gongjiang.models import Case, Opinion
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import files, is_applicant, may_act, parties_of
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.opinion_parties import PartyAsked
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.opinions.boxes import fillable, is_party
from gongjiang.services.programmes.programme import Programme, programme_of

LONGEST: Final = 200


@transaction.atomic
def withdraw_opinion(*, actor: Actor, at: datetime, case_id: int, sheet: str, party: str, reason: str) -> Opinion:
    """By the party itself; or, what was recorded for it or came through a link, by the office that runs the step: a
    bureau without an account asks it to. Refused once the case has gone on from there."""
    case = lock_case(case_id)
    programme = programme_of(case.process)
    found = fillable(programme, case, facts_of_one(programme, case), filled=True).get((sheet, party))
    box = Opinion.objects.select_for_update().filter(case=case, sheet=sheet, party=party).first()
    if box is None or not box.verdict:
        raise Refused("这一栏没有可以撤回的意见。", "Nothing to take back.")
    if found is None:
        raise Refused("这一环节已经办结，意见不能再撤回。情况有变的，请联系下一环节的办理单位退回。", "Too late.")
    stage, asked = found
    if not may_withdraw(actor, programme, case, stage, asked, box):
        raise NotAllowed(f"“{asked.label}”不由您撤回。", "Not yours to take back.")
    why = clean(reason).strip()
    if not why or count_text(why) > LONGEST:
        raise BadInput(f"请写明撤回的理由（{LONGEST} 字以内）。", "Say why.", place="理由")
    said = f"{box.verdict}{f'：{box.text}' if box.text else ''}"
    note_case(
        actor, at, case, "opinion.withdraw",
        {"sheet": sheet, "party": party, "verdict": box.verdict, "text": box.text, "signer": box.signer, "why": why},
        kind="opinion", key=box.pk,
    )  # fmt: skip
    box.verdict, box.text, box.signer, box.on_behalf = "", "", "", False
    box.by_id = box.given_at = box.scan_id = None
    box.withdrawn_at, box.withdrawn = at, f"{said}；撤回：{why}"[:600]
    box.version += 1
    box.save()
    text = f"{case.title}：“{asked.label}”已撤回：{why}"
    told = parties_of(programme, case).organisations(programme.expand(stage.by))
    for one in sorted(told | ({box.organisation_id} if box.organisation_id is not None else set())):
        tell(at=at, text=text, link=f"case:{case.pk}", organisation_id=one)
    return box


def may_withdraw(actor: Actor, programme: Programme, case: Case, stage: Stage, asked: PartyAsked, box: Opinion) -> bool:
    """The party; for who has no account the office that runs the step, never the side that files."""
    if is_party(actor, programme, case, asked):
        return not is_applicant(actor, case) or box.by_id == actor.user_id
    lent = box.on_behalf or bool(box.signer)
    return lent and not files(actor, case) and may_act(actor, programme, case, stage.by)
