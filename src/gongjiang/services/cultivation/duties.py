"""The obligations of an honour's holder (services/honours/duties), for whoever sees the artisan."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.models import Honour
from gongjiang.services.honours.duties import Duty, duties
from gongjiang.services.programmes.programme import programme_of


def duties_of(actor: Actor, at: datetime, honour: Honour) -> list[Duty]:
    """None where no nomination stands behind the honour or its notice obliges to nothing. The caller has let the actor
    see the honour."""
    if honour.case is None or honour.case.process_id is None:
        return []
    programme = programme_of(honour.case.process)
    if not programme.pack.obligations:
        return []
    return duties(actor, at, programme, honour.case, {one.stage: one for one in honour.case.rows.all()})
