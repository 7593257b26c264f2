"""What a decision brings about: the nomination struck, a place cancelled, the honour withdrawn or given back."""

from datetime import datetime

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, Honour, Inquiry, NoticeEntry, StageRow
from gongjiang.rules.honours.effects import Step
from gongjiang.rules.honours.standing import Change, Standing
from gongjiang.rules.inquiries.grounds import OWN, About, Ground, grounds
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState, RowState
from gongjiang.services.honours.standing import change_standing
from gongjiang.services.nominations.answer_for import Breach, carry_out_breach
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.public_notices.authority import publish_stages
from gongjiang.services.public_notices.publish import lock
from gongjiang.services.public_notices.substitute import move_up

Kind = Inquiry.Kind


def about_of(inquiry: Inquiry) -> About:
    """What it is about."""
    if inquiry.honour_id is not None:
        return About.HONOUR
    return About.CASE if inquiry.case_id is not None else About.UNIT


def ground_of(inquiry: Inquiry, programme: Programme) -> Ground | None:
    """The ground as the edition's pack has it; None for a reinstatement."""
    if inquiry.kind == Kind.REINSTATEMENT:
        return None
    found = grounds(about_of(inquiry), programme.pack.accountability)
    return next((one for one in found if one.id == inquiry.ground), next(one for one in found if one.id == OWN))


def carry_out(actor: Actor, at: datetime, inquiry: Inquiry) -> list[str]:
    """Everything that follows, in the caller's transaction; told in sentences."""
    programme = programme_of(inquiry.process)
    if not inquiry.upheld:
        return _lift(actor, at, inquiry)
    if inquiry.kind == Kind.REINSTATEMENT:
        _change(actor, at, inquiry, Change.REINSTATE)
        return ["恢复荣誉，证书恢复有效"]
    ground = ground_of(inquiry, programme)
    done = []
    if inquiry.honour is not None and ground is not None:
        done += _honour(actor, at, inquiry, inquiry.honour, programme, ground)
    elif inquiry.case is not None and ground is not None:
        done += _case(actor, at, inquiry, inquiry.case, programme, ground)
    if inquiry.unit is not None:
        done.append(f"记入{inquiry.unit.short_name}的单位记录")
    if ground is not None and ground.manual:
        done.append(f"由人工另行办理：{'、'.join(ground.manual)}")
    return done


def _honour(
    actor: Actor, at: datetime, inquiry: Inquiry, honour: Honour, programme: Programme, ground: Ground
) -> list[str]:
    done = []
    if Step.WITHDRAW in ground.steps:
        _change(actor, at, inquiry, Change.WITHDRAW)
        done.append("撤销荣誉，收回证书")
    if Step.STOP in ground.steps:
        labels = [one.shown for one in programme.pack.benefits if not one.award or honour.award in one.award]
        done.append("终止待遇" + f"：{'、'.join(labels)}" * bool(labels))
    return done


def _case(actor: Actor, at: datetime, inquiry: Inquiry, case: Case, programme: Programme, ground: Ground) -> list[str]:
    """Struck where it stands, on a public notice, too; a place of the unit gone; the next one up if so ordered."""
    stages = {one.id: one for one in publish_stages(programme)}
    if stages:
        lock(programme)
    case = lock_case(case.pk)
    if case.state == CaseState.NAMED:
        raise Refused(f"{case.title}已经命名，请对荣誉立案。", "Named already.", place=inquiry.number)
    ran = case.state in LIVE
    row = StageRow.objects.filter(case=case, stage__in=stages, state=RowState.OPEN).first()
    breach = Breach(ground.id, inquiry.situation, ground.clause, ground.steps)
    why = f"{inquiry.number}，{inquiry.document}"
    held = carry_out_breach(actor=actor, at=at, programme=programme, case=case, breach=breach, finding=why)
    done = ["撤销推荐资格" if ran else "推荐资格已不存在"] if Step.STRIKE in ground.steps else []
    if ran and Step.STRIKE in ground.steps:
        NoticeEntry.objects.filter(case=case).exclude(state=NoticeEntry.State.STRUCK).update(
            state=NoticeEntry.State.STRUCK, note="经核实取消资格"
        )
    if held.cancelled:
        done.append(f"取消责任单位名额{len(held.cancelled)}个")
    done += [f"名额未能取消：{one}" for one in held.kept]
    if ran and row is not None and Step.MOVE_UP in ground.steps:
        moved = move_up(actor=actor, at=at, programme=programme, stage=stages[row.stage], struck=held.case)
        done.append(moved.sentence.rstrip("。"))
    return done


def _change(actor: Actor, at: datetime, inquiry: Inquiry, change: Change) -> None:
    change_standing(
        actor=actor,
        at=at,
        honour_id=inquiry.honour_id or 0,
        change=change,
        reason=f"{inquiry.number}：{inquiry.situation}",
        basis=inquiry.document,
    )


def _lift(actor: Actor, at: datetime, inquiry: Inquiry) -> list[str]:
    """Nothing was found: a suspension for the time of the inquiry ends."""
    if inquiry.suspended_at is None or inquiry.honour is None:
        return []
    now = Honour.objects.get(pk=inquiry.honour.pk)
    if now.state != Standing.SUSPENDED:
        return []
    _change(actor, at, inquiry, Change.RESTORE)
    return ["恢复核查期间暂停的荣誉"]
