"""Propose somebody as mentor, or in another's place; take a proposal back; end a mentorship."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, Refused
from gongjiang.kernel.phone import normalise_phone
from gongjiang.models import Honour, Mentorship, User
from gongjiang.rules.cultivation.hands import KEEPING
from gongjiang.services.accounts.queries import account_named
from gongjiang.services.cultivation.framework import framework_of
from gongjiang.services.cultivation.keeping import need_other
from gongjiang.services.cultivation.mentors.queries import mentorship_of
from gongjiang.services.cultivation.mentors.writing import THIS, record, require_living, require_state
from gongjiang.services.cultivation.scope import get_honour
from gongjiang.services.cultivation.writing import line, write
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.asking import ask_mentors_anew
from gongjiang.services.people.sealing import seal_text
from gongjiang.services.programmes.windows import today_of

State = Mentorship.State


@dataclass(frozen=True)
class Proposed:
    """Who is to be mentor. `username`: of the account they have, '' for none; `because`: why in another's place."""

    kind: str
    name: str
    unit: str
    post: str = ""
    mobile: str = ""
    username: str = ""
    because: str = ""


@transaction.atomic
def propose(*, actor: Actor, at: datetime, honour_id: int, asked: Proposed) -> Mentorship:
    """Ask a mentor and the artisan to agree. Whoever stands in that place stays until both did. Raises BadInput,
    NotAllowed, Refused where one is asked already or it is the other mentor."""
    honour = get_honour(actor, honour_id)
    need_other(actor, honour, *sorted(KEEPING))
    require_living(honour)
    kind = next((one for one in framework_of(honour).mentors if one.id == asked.kind), None)
    if kind is None:
        raise BadInput("请选择导师的类别。", "Choose the kind.", place="类别")
    name, unit = line(asked.name, "姓名", 40), line(asked.unit, "单位", 80)
    user = account_named(asked.username) if asked.username.strip() else None
    standing = _others(honour, kind.id, kind.shown, name, unit, user)
    because = line(asked.because, "更换的理由", 200, needed=standing is not None)
    mobile = normalise_phone(asked.mobile, place="电话") if asked.mobile.strip() else ""
    try:
        with transaction.atomic():
            row = Mentorship.objects.create(
                honour=honour, kind=kind.id, label=kind.shown, name=name, unit=unit, because=because, user=user,
                post=line(asked.post, "职务、职称或技能等级", 60, needed=False),
                mobile=seal_text(mobile, "mobile"), by_id=actor.user_id, at=at,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(f"{kind.shown}已有一位待双方同意，请先等答复或撤回。", "One is asked already.") from error
    record(actor, at, row, "propose", replaces=standing.pk if standing is not None else None)
    _ask(row, at)
    return row


@transaction.atomic
def take_back(
    *, actor: Actor, at: datetime, honour_id: int, mentorship_id: int, version: int | None, reason: str
) -> Mentorship:
    """A proposal that nobody needs any more."""
    row = mentorship_of(actor, honour_id, mentorship_id)
    need_other(actor, row.honour, *sorted(KEEPING))
    require_state(row, State.PROPOSED)
    why = line(reason, "撤回的理由", 180)
    write(row, THIS, version, state=State.DECLINED, ended=today_of(at), reason=f"撤回：{why}")
    record(actor, at, row, "take_back", reason=why)
    return row


@transaction.atomic
def end(
    *,
    actor: Actor,
    at: datetime,
    honour_id: int,
    mentorship_id: int,
    version: int | None,
    on: date | None,
    reason: str,
) -> Mentorship:
    """A mentorship ends on a day, for a reason; the account sees the artisan no longer."""
    row = mentorship_of(actor, honour_id, mentorship_id)
    need_other(actor, row.honour, *sorted(KEEPING))
    require_state(row, State.STANDING)
    why = line(reason, "结束的理由", 200)
    if on is None or row.begun is None or not row.begun <= on <= today_of(at):
        raise BadInput("结束日期应在开始以后、今天以前。", "Between the begin and today.", place="结束日期")
    write(row, THIS, version, state=State.ENDED, ended=on, reason=why)
    record(actor, at, row, "end", reason=why)
    tell_both(row, at, f"{row.name}不再担任{row.honour.name}的{row.label}：{why}")
    ask_mentors_anew(row.honour_id, at)
    return row


def tell_both(row: Mentorship, at: datetime, text: str) -> None:
    """A message to the mentor and the artisan, where they have accounts."""
    tell(at=at, text=text, link="mentoring", user_id=row.user_id, headline="导师安排有变化")
    tell(at=at, text=text, link="mine", user_id=row.honour.subject.user_id, headline="导师安排有变化")


def _others(honour: Honour, kind: str, label: str, name: str, unit: str, user: User | None) -> Mentorship | None:
    """Who stands in this place now. Refused where it would be the artisan, or somebody who is mentor already."""
    if user is not None and user.pk == honour.subject.user_id:
        raise Refused("本人不能做自己的导师。", "Nobody is their own mentor.", place="账号")
    standing = None
    for one in Mentorship.objects.filter(honour=honour, state__in=[State.STANDING, State.PROPOSED]):
        same = (one.name, one.unit) == (name, unit) or (user is not None and one.user_id == user.pk)
        if one.kind == kind and one.state == State.STANDING:
            standing = one
            if same:
                raise Refused(f"{name}已经是{label}。", "They are mentor already.", place="姓名")
        elif same:
            raise Refused(f"{name}已是{one.label}，两位导师应是两个人。", "Two mentors are two people.", place="姓名")
    return standing


def _ask(row: Mentorship, at: datetime) -> None:
    honour = row.honour
    tell(
        at=at, text=f"请您担任{honour.name}（{honour.title}）的{row.label}，请确认是否同意。", link="mentoring",
        user_id=row.user_id, headline="有人请您担任导师",
    )  # fmt: skip
    tell(
        at=at, text=f"拟请{row.unit}{row.name}担任您的{row.label}，请确认是否同意。", link="mine",
        user_id=honour.subject.user_id, headline="请确认您的导师",
    )  # fmt: skip
