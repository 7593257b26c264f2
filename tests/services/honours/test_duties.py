"""Three years with the same employer: declared by the unit, approved by the unit's union and the province (J-10)."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from gongjiang.catalogue.packs import find
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import Case, DutyChange, StageRow
from gongjiang.services.formality.dossier import dossier
from gongjiang.services.honours.duties import Duty, decide_change, declare_change, duties
from gongjiang.services.honours.watch import watched
from gongjiang.services.nominations.transition import move
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LATER = datetime(2027, 3, 1, 2, 0, tzinfo=UTC)


@pytest.fixture
def chosen(settings: Any, tmp_path: Any) -> tuple[World, Case]:
    """One whom the national union has chosen on 21 July 2026."""
    settings.MEDIA_ROOT = str(tmp_path)
    world = rehearse(find("jiangsu-2026"), nominees=1)
    row = StageRow.objects.get(stage="result", state="open")
    at = datetime(2026, 7, 21, 2, 0, tzinfo=UTC)
    move(actor=of(world, "province_union", row.case), at=at, case_id=row.case_id, stage_id="result", action="report")
    return world, Case.objects.get(pk=row.case_id)


def of(world: World, role: str, case: Case, grant: str = "approver") -> Actor:
    return world.actor_for((role,), case, grant)


def stay(actor: Actor, at: datetime, world: World, case: Case) -> Duty:
    rows = {one.stage: one for one in StageRow.objects.filter(case=case)}
    (found,) = duties(actor, at, world.programme, case, rows)
    return found


@pytest.mark.ledger("J-10")
def test_a_change_of_employer_is_declared_and_approved_in_turn(chosen: tuple[World, Case]) -> None:
    world, case = chosen
    filer, city = of(world, "enterprise_union", case, "filer"), of(world, "recommender", case)
    province = of(world, "province_union", case)
    duty = stay(filer, LATER, world, case)
    assert (duty.begun, duty.until, duty.over, duty.may_declare) == (date(2026, 7, 21), date(2029, 7, 20), False, True)
    said = {"at": LATER, "case_id": case.pk, "obligation": "stay", "after": "远岸衡器厂", "reason": "企业改制整体划转"}
    with pytest.raises(Refused, match="不需报批"):
        declare_change(actor=filer, on=date(2029, 7, 21), **said)
    with pytest.raises(BadInput, match="请写明变更的理由"):
        declare_change(actor=filer, on=date(2027, 4, 1), **{**said, "reason": " "})
    made = declare_change(actor=filer, on=date(2027, 4, 1), **said)
    with pytest.raises(Refused, match="上一次变更还没有批复"):
        declare_change(actor=filer, on=date(2027, 4, 1), **said)
    with pytest.raises(NotAllowed, match="现在由推荐单位的审批人员批复"):
        decide_change(actor=province, at=LATER, change_id=made.pk, agreed=True)
    with pytest.raises(BadInput, match="不批准须写明理由"):
        decide_change(actor=city, at=LATER, change_id=made.pk, agreed=False)
    assert decide_change(actor=city, at=LATER, change_id=made.pk, agreed=True, text="情况属实").state == "waiting"
    waiting = stay(province, datetime(2027, 4, 2, tzinfo=UTC), world, case).changes[0]
    assert (waiting.late, waiting.may_decide, waiting.told) == (True, True, (("推荐单位", "同意：情况属实"),))
    assert decide_change(actor=province, at=LATER, change_id=made.pk, agreed=True).state == "approved"
    after = stay(filer, LATER, world, case)
    assert (after.kept, after.changes[0].late, after.may_declare) == ("远岸衡器厂", False, True)
    with pytest.raises(Refused, match="已经批复"):
        decide_change(actor=city, at=LATER, change_id=made.pk, agreed=True)


@pytest.mark.ledger("J-10")
def test_a_refusal_settles_it_and_nobody_owes_anything_before_the_result(chosen: tuple[World, Case]) -> None:
    world, case = chosen
    filer, city = of(world, "enterprise_union", case, "filer"), of(world, "recommender", case)
    made = declare_change(
        actor=city,
        at=LATER,
        case_id=case.pk,
        obligation="stay",
        after="远岸衡器厂",
        on=date(2027, 4, 1),
        reason="个人原因",
    )
    assert decide_change(actor=city, at=LATER, change_id=made.pk, agreed=False, text="无正当理由").state == "refused"
    duty = stay(filer, LATER, world, case)
    assert (duty.kept, duty.may_declare) == (case.values["employer"], True)
    StageRow.objects.filter(case=case, stage="result").update(state="open", moved_at=None)
    assert duties(filer, LATER, world.programme, case, dossier(filer, case.pk).rows) == []
    with pytest.raises(Refused, match="还没有入选"):
        declare_change(
            actor=filer, at=LATER, case_id=case.pk, obligation="stay", after="甲", on=date(2027, 4, 1), reason="乙"
        )


@pytest.mark.ledger("J-10")
def test_the_office_sees_who_is_bound_and_what_stands_out(chosen: tuple[World, Case]) -> None:
    world, case = chosen
    city, province = of(world, "recommender", case), of(world, "province_union", case)
    (line,) = watched(province, LATER)
    assert (line.name, line.until, line.over, line.notes) == (case.title, date(2029, 7, 20), False, ())
    declare_change(
        actor=city, at=LATER, case_id=case.pk, obligation="stay", after="远岸衡器厂", on=date(2027, 2, 1), reason="划转"
    )
    (line,) = watched(province, LATER)
    assert [one.flag for one in line.notes] == ["overdue", "late"]
    DutyChange.objects.all().delete()
    other = Case.objects.get(pk=case.pk)
    other.pk, other.number, other.values = None, "T-0001", {**case.values, "employer": "远岸衡器厂"}
    other.state, other.submitted_at = "rejected", LATER
    other.save()
    (line,) = watched(province, LATER)
    assert [one.text for one in line.notes] == ["2027年3月1日的另一份记录写的是“远岸衡器厂”，没有报告过变更"]
    assert watched(of(world, "enterprise_union", case, "filer"), LATER) == []
