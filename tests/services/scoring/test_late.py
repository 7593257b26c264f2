"""Conflicts are found in every record there is, whenever it changes; a score given under one is void (TRUST 5)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.factories import AT
from tests.services.rounds.ground import MEETING, Ground, ground

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused
from gongjiang.models import (
    Assignment,
    Case,
    Edition,
    Expert,
    Honour,
    Letter,
    Message,
    Organisation,
    PanelCheck,
    Relation,
    ScoreSheet,
    Subject,
)
from gongjiang.services.audit.append import append
from gongjiang.services.organisations.tree import add_organisation
from gongjiang.services.rounds.close import close_list
from gongjiang.services.scoring.conflicts import known
from gongjiang.services.scoring.panel import declare
from gongjiang.services.scoring.recheck import late_conflicts, look_again, require_clean, restore
from gongjiang.services.scoring.watching import next_job

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.ledger("N-11")]
JIA = "贾评审"


def says(case: Case, **values: Any) -> None:
    """The case's record as it stands after a change."""
    Case.objects.filter(pk=case.pk).update(values={**Case.objects.get(pk=case.pk).values, **values})


def same_employer(found: Ground, case: Case) -> None:
    says(case, employer="远山 研究院")


def same_group(found: Ground, case: Case) -> None:
    group = add_organisation(actor=platform(), at=AT, name="远山集团有限公司", level="city", kind="group")
    Organisation.objects.filter(name="远山研究院").delete()
    add_organisation(actor=platform(), at=AT, name="远山研究院", level="employer", kind="enterprise", corp_group=group)
    says(case, corp_group="远山集团有限公司")


def same_branch(found: Ground, case: Case) -> None:
    Subject.objects.filter(user=found.world.people["jia"]).update(values={"union_branch": "远山工会三分会"})
    says(case, union_branch="远山工会 三分会")


def kin(found: Ground, case: Case) -> None:
    says(case, family=[{"name": "贾小", "relation": "子女"}, {"name": JIA, "relation": "配偶"}])


def mentor(found: Ground, case: Case) -> None:
    says(case, mentoring=[{"name": JIA, "relation": "师傅"}])


def co_honoured(found: Ground, case: Case) -> None:
    team = Subject.objects.create(kind="team", name="远山焊接班", created_at=AT)
    member = Subject.objects.create(name=case.title, created_at=AT)
    Case.objects.filter(pk=case.pk).update(subject=member)
    for n, one in enumerate((member, Subject.objects.get(user=found.world.people["jia"]))):
        Relation.objects.create(subject=team, name="members", position=n, other=one)
    Honour.objects.create(
        subject=team, programme="青岚先锋班组", award="crew", title="先锋班组", name=team.name, state="stands",
        from_date=AT.date() - timedelta(days=400),
    )  # fmt: skip


def co_author(found: Ground, case: Case) -> None:
    work = {"kind": "发明专利", "title": "一种双枪焊接装置"}
    Subject.objects.filter(user=found.world.people["jia"]).update(values={"results": [{**work, "year": "2025"}]})
    says(case, results=[work])


def co_author_named(found: Ground, case: Case) -> None:
    says(case, results=[{"kind": "论文专著", "title": "论焊", "partners": f"何某、{JIA}", "year": "2024"}])


def recommended(found: Ground, case: Case) -> None:
    Letter.objects.create(case=case, row="1", name=JIA, signed_as=JIA, signed_at=AT, asked_at=AT)


GROUNDS: tuple[tuple[Callable[[Ground, Case], None], str], ...] = (
    (same_employer, "与人选同在一个单位"),
    (same_group, "与人选同属一个集团"),
    (same_branch, "与人选同在一个工会分会"),
    (kin, "与人选有亲属关系"),
    (mentor, "与人选有师徒关系"),
    (co_honoured, "五年内与人选共同受过表彰"),
    (co_author, "五年内与人选有共同成果"),
    (co_author_named, "五年内与人选有共同成果"),
    (recommended, "曾为人选写过推荐"),
)


def world(number: int) -> Ground:
    found = ground()
    for n in range(number):
        found.add(f"何焊{n}")
    found.seat("jia", "yi", "bing")
    Subject.objects.create(name=JIA, user=found.world.people["jia"], created_at=AT)
    Expert.objects.exclude(user=found.world.people["jia"]).update(employer="林溪学院")
    found.assign(per_case=3)
    found.score(dict.fromkeys(found.cases, "8"))
    return found


def logged() -> None:
    append(actor=platform(), at=AT, action="case.save", kind="case", key=1, data={})


def work() -> int:
    """Everything that waits; how many panels were gone over."""
    number = 0
    while (job := next_job(AT)) is not None:
        job()
        number += 1
    return number


def test_every_record_that_changes_voids_the_score_and_calls_for_another(
    django_capture_on_commit_callbacks: Any,
) -> None:
    found = world(len(GROUNDS) + 1)
    work()
    assert work() == 0
    old = found.cases[f"何焊{len(GROUNDS)}"]
    says(old, honours=[{"kind": "科学技术奖", "title": "攻关奖", "partners": JIA, "year": "2020"}])
    voided: set[int] = set()
    for n, (change, reason) in enumerate(GROUNDS):
        case = found.cases[f"何焊{n}"]
        change(found, case)
        with django_capture_on_commit_callbacks(execute=True):
            logged()
            assert work() == 1
        held = Assignment.objects.get(case=case, expert__user=found.world.people["jia"])
        assert (held.state, held.reason) == ("void", reason)
        voided.add(held.pk)
        assert set(Assignment.objects.filter(state="void").values_list("pk", flat=True)) == voided
        assert ScoreSheet.objects.filter(assignment=held, submitted_at__isnull=False).count() == 1
    told = Message.objects.filter(organisation=found.world["office"], text__contains="1 份评分作废")
    assert told.count() >= 1
    append(actor=platform(), at=AT, action="sheet.submit", kind="assignment", key=1, data={})
    assert work() == 0
    found.seat("ding")
    Expert.objects.filter(user=found.world.people["ding"]).update(employer="林溪学院")
    replaced = found.assign("补-1", per_case=3)
    assert {one.case_id for one in replaced} == {found.cases[f"何焊{n}"].pk for n in range(len(GROUNDS))}
    assert {one.expert.user.username for one in replaced} == {"ding"}


def test_a_list_is_not_closed_over_a_conflict_and_the_office_may_look_itself() -> None:
    found = world(2)
    case = found.cases["何焊0"]
    kin(found, case)
    stage = found.programme.stage("panel")
    given: dict[str, Any] = {"at": AT, "programme": found.programme, "stage_id": "panel"}
    with pytest.raises(Refused, match="何焊0（与人选有亲属关系）"):
        close_list(actor=found.actor("yan"), kept=found.pks("何焊0", "何焊1"), meeting=MEETING, **given)
    with pytest.raises(NotAllowed):
        look_again(actor=found.actor("jia"), **given)
    (late,) = look_again(actor=found.actor("zhang"), **given)
    assert (late.assignment.case_id, late.scored) == (case.pk, True)
    require_clean(found.programme, stage)  # type: ignore[arg-type]
    assert look_again(actor=found.actor("zhang"), **given) == []


def test_what_an_expert_adds_later_counts_at_once() -> None:
    found = world(2)
    seat = Expert.objects.get(user=found.world.people["jia"])
    declare(
        actor=found.actor("jia"), at=AT, expert_id=seat.pk, confidential=True,
        ties={"together": ["何焊0"]}, conflicts={found.cases["何焊1"].pk: "曾同住"},
    )  # fmt: skip
    states = Assignment.objects.filter(expert=seat).order_by("case__number").values_list("state", "reason")
    assert list(states) == [("void", "专家自行申明回避"), ("void", "曾同住")]
    other = Expert.objects.get(user=found.world.people["yi"])
    assert set(other.assignments.values_list("state", flat=True)) == {"assigned"}


def test_the_same_queries_for_any_number_and_of_a_closed_panel_the_office_is_told(
    django_capture_on_commit_callbacks: Any,
) -> None:
    found = world(5)
    stage: Any = found.programme.stage("panel")
    cases = list(
        Case.objects.select_related("subject", "applying_unit", "nominator").prefetch_related("parties__organisation")
    )
    experts = list(Expert.objects.select_related("user"))
    counts = []
    for some, few in ((cases[:1], experts[:1]), (cases, experts)):
        with CaptureQueriesContext(connection) as context:
            known(found.programme, stage, few, some)
        counts.append(len(context))
    assert counts[0] == counts[1] <= 14
    assert late_conflicts(found.programme, stage) == []
    PanelCheck.objects.update(seen=0)
    close_list(
        actor=found.actor("yan"), at=AT, programme=found.programme, stage_id="panel",
        kept=found.pks("何焊0", "何焊1", "何焊2"), meeting=MEETING, reasons={"pool:women": "行业特点"},
    )  # fmt: skip
    kin(found, found.cases["何焊0"])
    logged()
    page = f"/editions/{found.edition.pk}/stages/panel/panel/"
    assert "名单确定后查出" not in found.world.client("zhang").get(page).content.decode()
    for _ in range(2):  # told once, however often the log grows
        with django_capture_on_commit_callbacks(execute=True):
            logged()
            assert work() == 1
    assert not Assignment.objects.filter(state="void").exists()
    told = Message.objects.filter(organisation=found.world["office"], text__contains="名单确定后查出 1 人次须回避")
    assert told.count() == 1
    assert "贾评审评何焊0（与人选有亲属关系）" in found.world.client("zhang").get(page).content.decode()
    Edition.objects.update(state="closed")
    logged()
    work()
    assert not PanelCheck.objects.exists()


def test_a_namesake_is_told_apart_by_the_office_and_the_score_stands_again() -> None:
    found = world(2)
    kin(found, found.cases["何焊0"])
    same_employer(found, found.cases["何焊1"])
    given: dict[str, Any] = {"at": AT, "programme": found.programme, "stage_id": "panel"}
    look_again(actor=found.actor("zhang"), **given)
    namesake, employer = Assignment.objects.filter(state="void").order_by("case__number")
    with pytest.raises(NotAllowed):
        restore(actor=found.actor("jia"), assignment_id=namesake.pk, reason="身份证号不同", **given)
    with pytest.raises(BadInput, match="怎样核对"):
        restore(actor=found.actor("zhang"), assignment_id=namesake.pk, reason=" ", **given)
    with pytest.raises(Refused, match="不是按姓名查出的"):
        restore(actor=found.actor("zhang"), assignment_id=employer.pk, reason="身份证号不同", **given)
    back = restore(actor=found.actor("zhang"), assignment_id=namesake.pk, reason="身份证号不同", **given)
    assert (back.state, back.sheets.count()) == ("assigned", 1)
    assert look_again(actor=found.actor("zhang"), **given) == []
    declare(actor=found.actor("jia"), at=AT, expert_id=namesake.expert_id, confidential=True, ties={"kin": ["何焊0"]})
    assert Assignment.objects.get(pk=namesake.pk).state == "void"
    with pytest.raises(Refused, match="仍须回避"):
        restore(actor=found.actor("zhang"), assignment_id=namesake.pk, reason="身份证号不同", **given)
