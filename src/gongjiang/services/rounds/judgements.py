"""What a panel's meeting judged about several cases, put on record at once."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.services.formality.judge_case import judge_case


@transaction.atomic
def record_judgements(*, actor: Actor, at: datetime, answers: Mapping[tuple[int, str], Any], basis: str) -> int:
    """Answers by (case, question), all or none; `basis` names the meeting. Returns how many were recorded."""
    if not answers:
        raise BadInput("还没有选任何一项认定。", "Nothing was answered.", place="会议认定")
    if not basis.strip():
        raise BadInput("请写明依据，如哪次会议。", "Name the meeting.", place="依据")
    for (case_id, question), answer in sorted(answers.items(), key=lambda one: one[0]):
        judge_case(actor=actor, at=at, case_id=case_id, question=question, answer=answer, basis=basis)
    return len(answers)
