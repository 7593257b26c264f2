"""The artisan's own apprentices (带徒): an agreement entered, its end and what came of it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused
from gongjiang.models import ActivityEntry, Apprenticeship
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.cultivation.keeping import looks_after
from gongjiang.services.cultivation.log import Doing
from gongjiang.services.cultivation.log import record as log
from gongjiang.services.cultivation.mentors.writing import THIS, require_living
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.cultivation.writing import line, write
from gongjiang.services.honours.note import note_honour
from gongjiang.services.programmes.windows import today_of

ENTERING = frozenset({*KEEPING, Hand.ARTISAN})
State = Apprenticeship.State


@dataclass(frozen=True)
class Agreed:
    """What an agreement says."""

    name: str
    begun: date | None
    until: date | None
    unit: str = ""
    trade: str = ""
    teaches: str = ""


@transaction.atomic
def take_on(*, actor: Actor, at: datetime, honour_id: int, agreed: Agreed) -> Apprenticeship:
    """Enter an agreement: by the artisan or who looks after them. It stands in the artisan's log too."""
    honour = get_honour(actor, honour_id)
    hands = need(actor, honour, *sorted(ENTERING))
    require_living(honour)
    begun, until = agreed.begun, agreed.until
    if begun is None or begun > today_of(at):
        raise BadInput("请填写开始日期，不晚于今天。", "Give the day it began.", place="开始")
    if until is None or until < begun or until.year > 2100:
        raise BadInput("请填写约定的结束日期，不早于开始。", "Give the day it is to end.", place="约定至")
    row = Apprenticeship.objects.create(
        honour=honour, name=line(agreed.name, "徒弟姓名", 40), unit=line(agreed.unit, "单位", 80, needed=False),
        trade=line(agreed.trade, "工种、技能等级", 60, needed=False), begun=begun, until=until,
        teaches=line(agreed.teaches, "传授内容", 200, needed=False), by_id=actor.user_id, at=at,
    )  # fmt: skip
    _log(actor, at, row, hands, f"与{row.name}签订师徒协议", begun)
    _audit(actor, at, row, "take_on")
    return row


@transaction.atomic
def close(
    *,
    actor: Actor,
    at: datetime,
    honour_id: int,
    apprenticeship_id: int,
    version: int | None,
    passed: bool,
    on: date | None,
    result: str,
) -> Apprenticeship:
    """It ended: the apprentice passed (出师), or it was given up, with what came of it."""
    honour = get_honour(actor, honour_id)
    hands = need(actor, honour, *sorted(ENTERING))
    row = Apprenticeship.objects.filter(pk=apprenticeship_id, honour=honour).first()
    if row is None:
        raise NotFound()
    row.honour = honour
    if row.state != State.RUNNING:
        raise Refused(f"{row.name}{row.get_state_display()}。", "It has ended.")
    if on is None or not row.begun <= on <= today_of(at):
        raise BadInput("结束日期应在开始以后、今天以前。", "Between the begin and today.", place="结束日期")
    said = line(result, "成果", 300)
    state = State.PASSED if passed else State.STOPPED
    write(row, THIS, version, state=state, ended=on, result=said)
    if passed:
        _log(actor, at, row, hands, f"徒弟{row.name}出师：{said}", on, "passed")
    _audit(actor, at, row, "close", passed=passed)
    return row


def _log(
    actor: Actor, at: datetime, row: Apprenticeship, hands: frozenset[Hand], title: str, on: date, part: str = "begun"
) -> None:
    state = ActivityEntry.State.CONFIRMED if looks_after(hands) else ActivityEntry.State.CLAIMED
    doing = Doing(kind="apprentices", title=title[:120], on=on, people=1, hours=None, power="")
    log(actor=actor, at=at, honour=row.honour, doing=doing, state=state, source=f"apprentice:{row.pk}:{part}")


def _audit(actor: Actor, at: datetime, row: Apprenticeship, action: str, **data: bool) -> None:
    told = {"honour": row.honour_id, "state": row.state, **data}
    note_honour(actor, at, row.honour, f"apprentice.{action}", told, kind="apprentice", key=row.pk)
