"""Mentors and units say themselves what they think of whoever is assessed; what they say is weighed, not obeyed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.services.assessment.ground import honours, of, opened, reported
from tests.services.honours.certificates.named import Named, named
from tests.services.public_notices.stage import moment

from gongjiang.kernel.actor import Actor, nobody
from gongjiang.kernel.errors import NotAllowed, NotFound, Refused
from gongjiang.models import Case, Honour, Mentorship, Message, Opinion, StageRow, User
from gongjiang.services.cultivation.mentors.propose import end
from gongjiang.services.nominations.asking import ask_mentors_anew
from gongjiang.services.nominations.queries import get_case, visible_to
from gongjiang.services.opinions.give import give_opinion
from gongjiang.services.opinions.links import answer_by_link, send_link, wanted_of
from gongjiang.services.opinions.overview import overview
from gongjiang.services.opinions.sheet import plain_facts
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.services.scoring.material import views_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

PROCESS = """
processes:
  - id: checked
    label: 期满考核
    after: {years: 1}
    assumed: 例
    tiers:
      - {id: pass, label: 合格, effects: [keep]}
      - {id: over, label: 不合格, effects: [end]}
    opinions:
      - id: said
        label: 考核评价意见
        assumed: 例
        parties:
          - {id: professional, label: 专业导师评价, mentor: professional, at: views, assumed: 例}
          - {id: skill, label: 技能导师评价, mentor: skill, at: views, assumed: 例}
          - {id: unit, label: 所在单位评价, by: employer_unit, at: views, assumed: 例}
    stages:
      - {id: self, type: submit, label: 述职, by: employer_unit, assumed: 例}
      - {id: views, type: opinion, label: 各方评价, by: office, sheets: [said], need: given, assumed: 例}
      - {id: judged, type: select, label: 评定, by: office, gives: [pass, over], assumed: 例}
"""
DAY = date(2027, 9, 28)


def mentor(honour: Honour, kind: str, name: str, user: User | None) -> Mentorship:
    at = moment(date(2026, 10, 1))
    return Mentorship.objects.create(
        honour=honour, kind=kind, label=kind, name=name, unit="例", user=user, state="standing",
        mentor_at=at, artisan_at=at, begun=timezone.localdate(at), at=at,
    )  # fmt: skip


def started() -> tuple[Named, User, Case, Case]:
    """Two under assessment: the first has both mentors, one of them with an account; the second has none."""
    found = named(2, issue=False, more=PROCESS)
    user = User.objects.create_user("zhuo", full_name="卓经纬", password="lan-jiang-2026")
    first = honours(found)[0]
    mentor(first, "professional", "卓经纬", user)
    mentor(first, "skill", "邬量衡", None)
    made = opened(found, "checked", DAY)
    reported(found, made, moment(DAY, 10))
    cases = {one.over_id: one for one in of(made).process.cases.all()}
    return found, user, cases[first.pk], cases[honours(found)[1].pk]


def say(actor: Actor, case: Case, party: str, verdict: str = "同意", **more: Any) -> Opinion:
    return give_opinion(
        actor=actor, at=moment(DAY, 12), case_id=case.pk, sheet="said", party=party, verdict=verdict, **more
    )


def stage(case: Case) -> str:
    return StageRow.objects.get(case=case, state="open").stage


@pytest.mark.ledger("M-09", "M-13")
def test_mentors_and_the_unit_are_asked_as_themselves_and_what_they_say_goes_on_to_the_panel(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found, user, case, _ = started()
    me = Actor(user.pk, user.full_name)
    asked = {one.party: (one.organisation_id, one.handed_to_id) for one in Opinion.objects.filter(case=case)}
    assert asked == {"professional": (None, user.pk), "skill": (None, None), "unit": (case.applying_unit_id, None)}
    assert Message.objects.filter(user=user, text=f"请对{case.title}签署“专业导师评价”。").count() == 1
    waits = [one for one in desk_of(me, moment(DAY, 11)).items if one.kind == "box"]
    assert [(one.title, one.case_id) for one in waits] == [(f"签署{case.title}的“专业导师评价”", case.pk)]
    assert get_case(me, case.pk).pk == case.pk
    with pytest.raises(NotAllowed):
        say(me, case, "skill")
    with pytest.raises(NotAllowed):
        say(me, case, "unit")
    given = say(me, case, "professional", "不同意", text="攻关项目还没有结题。")
    assert (given.by_id, given.on_behalf, given.organisation_id) == (user.pk, False, None)
    lines = overview(found.here.world.actor("zhang"), moment(DAY, 12), of_case(case), get_case(me, case.pk))
    assert [(one.box.asked.label, one.box.organisation, one.state) for one in lines] == [
        ("专业导师评价", "卓经纬", "against"),
        ("技能导师评价", "邬量衡", "asked"),
        ("所在单位评价", case.applying_unit.short_name, "asked"),
    ]
    say(found.here.world.actor("lan"), case, "unit")
    assert stage(case) == "views"  # one is silent still
    _, token = send_link(
        actor=found.here.world.actor("zhang"),
        at=moment(DAY, 12),
        case_id=case.pk,
        sheet="said",
        party="skill",
        recipient="邬量衡",
    )
    behind = wanted_of(token, moment(DAY, 13))
    told = [one["label"] for one in plain_facts(behind.programme, behind.case)]
    assert told[-1] == "所在单位", "nobody applies here, and nobody nominates"
    answered = answer_by_link(
        actor=nobody(), at=moment(DAY, 13), token=token, verdict="同意", text="", signer="邬量衡", post="高级技师"
    )
    assert (answered.signer, answered.on_behalf) == ("邬量衡，高级技师", False)
    assert stage(case) == "judged"  # all have said what they think, though one is against
    assert [(one.label, one.verdict, one.text, one.by) for one in views_of(of_case(case), case)] == [
        ("专业导师评价", "不同意", "攻关项目还没有结题。", "卓经纬"),
        ("技能导师评价", "同意", "", "邬量衡，高级技师"),
        ("所在单位评价", "同意", "", case.applying_unit.name),
    ]


def test_where_no_mentor_stands_none_is_asked() -> None:
    found, _, _, other = started()
    assert list(Opinion.objects.filter(case=other).values_list("party", flat=True)) == ["unit"]
    say(found.here.world.actor("lan"), other, "unit")
    assert stage(other) == "judged"


def test_a_mentor_sees_the_assessment_only_while_they_are_one_and_no_other() -> None:
    _, user, case, other = started()
    me = Actor(user.pk, user.full_name)
    with pytest.raises(NotFound):
        get_case(me, other.pk)
    now = timezone.localdate(moment(DAY)) - timedelta(days=1)
    Mentorship.objects.filter(user=user).update(state="ended", ended=now, reason="工作调动")
    assert not visible_to(me).exists()
    with pytest.raises(Refused):
        say(me, case, "professional")


def test_after_a_change_of_mentors_the_box_is_the_new_ones() -> None:
    found, user, case, _ = started()
    keeper, day = found.here.world.actor("zhang"), date(2027, 9, 29)
    old = Mentorship.objects.get(user=user)
    end(
        actor=keeper,
        at=moment(day),
        honour_id=old.honour_id,
        mentorship_id=old.pk,
        version=old.version,
        on=day,
        reason="工作调动",
    )
    assert not Opinion.objects.filter(case=case, party="professional").exists()
    assert not desk_of(Actor(user.pk, user.full_name), moment(day)).items
    new = User.objects.create_user("yinshouye", full_name="尹授业", password="lan-jiang-2026")
    mentor(old.honour, "professional", "尹授业", new)
    ask_mentors_anew(old.honour_id, moment(day))
    assert Opinion.objects.get(case=case, party="professional").handed_to == new
    assert say(Actor(new.pk, new.full_name), case, "professional").verdict == "同意"


def of_case(case: Case) -> Any:
    return of(case.process.edition)
