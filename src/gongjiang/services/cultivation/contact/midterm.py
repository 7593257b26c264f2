"""期中检查: how a cultivation stands halfway, recorded by the unions."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import MidtermCheck
from gongjiang.services.cultivation.contact.queries import honours_kept
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.services.honours.note import note_honour


@dataclass(frozen=True)
class Found:
    """What was found. `measures`: what is done about it, asked where it isn't on track."""

    on: date
    outcome: str
    text: str
    measures: str = ""


@transaction.atomic
def check_midterm(*, actor: Actor, at: datetime, honour_id: int, found: Found) -> MidtermCheck:
    """Record a check. BadInput by field, Refused for a second one of the same day."""
    honour = get_honour(actor, honour_id)
    if not honours_kept(actor).filter(pk=honour.pk).exists():
        raise NotAllowed("期中检查由主办工会或推荐单位办理。", "Not yours to check.")
    text, measures = clean(found.text).strip(), clean(found.measures).strip()
    if found.outcome not in MidtermCheck.Outcome.values:
        raise BadInput("请选择检查的结论。", "Choose the outcome.", place="结论")
    if not honour.from_date <= found.on <= timezone.localtime(at).date():
        raise BadInput("检查日期应在培育开始以后、今天以前。", "Not a day of the term.", place="检查日期")
    if not text or len(text) > 1000:
        raise BadInput("请写明检查的情况，1000 字以内。", "Say what was found.", place="情况")
    if len(measures) > 500 or (found.outcome != MidtermCheck.Outcome.ON_TRACK and not measures):
        raise BadInput("没有按方案进行的，请写明改进措施，500 字以内。", "Say what is done.", place="改进措施")
    given = {"outcome": found.outcome, "text": text, "measures": measures}
    try:
        with transaction.atomic():
            made = MidtermCheck.objects.create(honour=honour, on=found.on, by_id=actor.user_id, at=at, **given)
    except IntegrityError:
        raise Refused("这一天已经记录过检查。", "Recorded already.", place="检查日期") from None
    note_honour(actor, at, honour, "midterm.check", {"on": found.on.isoformat(), "outcome": found.outcome})
    return made
