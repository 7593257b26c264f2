"""Judgements, exceptions and reasons: by whom, on what record, and what they do to the rules."""

from dataclasses import replace

import pytest
from tests.factories import AT, case_at
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.models import Case, Entry, Judgement
from gongjiang.services.formality.judge_case import accept_reason, give_reason, grant_exception, judge_case
from gongjiang.services.nominations.facts import facts_of_one
from gongjiang.services.nominations.rulebook import may_pass, outcomes
from gongjiang.web.formality.present import rules_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ground:
    return ground()


def rule(here: Ground, case: Case, name: str):
    case = Case.objects.get(pk=case.pk)
    return next(one for one in outcomes(here.programme, facts_of_one(here.programme, case)) if one.rule == name)


@pytest.mark.ledger("X-05")
def test_conduct_is_judged_by_the_receiving_union_and_never_computed(here: Ground) -> None:
    case = here.filed()
    assert rule(here, case, "character").outcome == "unknown"
    assert rule(here, case, "character").sentence == (
        "四(三)品德：“政治素质、职业操守与廉洁自律是否符合要求”须为“是”；待认定 → 待补（待受理推荐的工会认定）"
    )
    here.judge(case)
    row = Judgement.objects.get(case_id=case.pk)
    assert (row.answer, row.basis, row.by.full_name, row.at, row.organisation) == (
        True,
        "档案",
        "温和礼",
        AT,
        here.world["county"],
    )
    assert rule(here, case, "character").outcome == "pass"


@pytest.mark.ledger("X-05")
def test_a_no_refuses_and_a_later_answer_supersedes_it_on_record(here: Ground) -> None:
    case = here.filed()
    here.judge(case, answer="no")
    with pytest.raises(Refused, match="政治素质、职业操守与廉洁自律是否符合要求"):
        here.take(case, "qualify", "pass")
    here.judge(case, answer="yes", who="jiang")
    given = Judgement.objects.filter(case_id=case.pk).order_by("id").values_list("answer", "superseded")
    assert list(given) == [(False, True), (True, False)]
    here.take(case, "qualify", "pass")


@pytest.mark.parametrize("who", ["lan", "gong", "yuan", "ke", "zhang", "jia", "ji", "xi"])
def test_nobody_else_judges(here: Ground, who: str) -> None:
    case = here.filed()
    with pytest.raises(NotAllowed, match="由受理推荐的工会认定"):
        here.judge(case, who=who)


def test_what_the_pack_does_not_ask_is_not_judged(here: Ground) -> None:
    case = here.filed()
    with pytest.raises(NotFound):
        here.judge(case, question="looks")
    with pytest.raises(BadInput, match="请答“是”或“否”"):
        here.judge(case, answer="也许")


@pytest.mark.ledger("G-04")
def test_the_office_admits_out_of_rule_on_record(here: Ground) -> None:
    case = here.to("initial", skill_standing=[], teaching_ways=[], contests=[], honours=[])
    assert rule(here, case, "one_of_six").outcome == "unknown"  # claimed; the experts have not judged it

    def may_go_on() -> bool:
        facts = facts_of_one(here.programme, Case.objects.get(pk=case.pk))
        return may_pass(
            here.programme, replace(facts, judgements={**facts.judgements, ("powers", ""): True}), "expert"
        ).allowed

    assert not may_go_on()

    def grant(who: str = "yan", text: str = "全国首创工艺，见专家意见。") -> None:
        grant_exception(actor=here.actor(who), at=AT, case_id=case.pk, exception="exceptional", record_text=text)

    with pytest.raises(BadInput, match="破格的前提还没有认定"):
        grant()
    judge_case(actor=here.actor("zhang"), at=AT, case_id=case.pk, question="exceptional", answer="yes", basis="评议")
    for who in ("zhang", "wen", "jiang", "lan", "jia"):
        with pytest.raises(NotAllowed, match="破格由通知指定的单位审批"):
            grant(who)
    with pytest.raises(BadInput, match="破格须写明书面理由"):
        grant(text="  ")
    grant()
    found = rule(here, case, "one_of_six")
    assert found.overlay == "excepted"
    assert may_go_on()
    entry = Entry.objects.get(case_id=case.pk, action="case.exception")
    assert (entry.actor_name, "全国首创工艺" in entry.body) == ("严审定", True)
    with pytest.raises(NotFound):
        grant_exception(actor=here.actor("yan"), at=AT, case_id=case.pk, exception="any", record_text="理由")


def test_a_soft_rule_s_reason_is_accepted_by_somebody_else() -> None:
    words = "name: 应为工会会员, cite: 四(三)会员,"
    here = ground(edit=(words, f"{words} force: soft,"))
    case = here.filed(union_member="no")
    here.judge(case)

    def reason(who: str, name: str = "union_member", text: str = "入会手续正在办理。") -> None:
        give_reason(actor=here.actor(who), at=AT, case_id=case.pk, rule=name, reason=text)

    def accept(who: str) -> None:
        accept_reason(actor=here.actor(who), at=AT, case_id=case.pk, rule="union_member")

    with pytest.raises(Refused, match="工会会员须为“是”；申报否"):
        here.take(case, "qualify", "pass")
    with pytest.raises(BadInput, match="还没有写明理由"):
        accept("wen")
    with pytest.raises(BadInput, match="请写明理由"):
        reason("lan", text=" ")
    with pytest.raises(BadInput, match="不能以说明理由代替"):
        reason("lan", name="years_trade")
    for who in ("zhang", "ke", "yuan"):
        with pytest.raises(NotAllowed):
            reason(who)
    reason("wen")
    with pytest.raises(NotAllowed, match="不能认可自己写的理由"):
        accept("wen")
    with pytest.raises(NotAllowed, match="理由由审核单位认可"):
        accept("lan")
    with pytest.raises(Refused):  # written, not yet accepted
        here.take(case, "qualify", "pass")
    accept("jiang")
    found = rule(here, case, "union_member")
    assert (found.outcome, found.overlay) == ("fail", "reasoned")
    kept = Case.objects.get(pk=case.pk).reasoned["union_member"]
    assert (kept["by"], kept["accepted_by"]) == (here.world.people["wen"].pk, here.world.people["jiang"].pk)
    here.take(case, "qualify", "pass")


@pytest.mark.ledger("G-03")
def test_one_of_six_ticked_is_claimed_and_waits_for_the_experts(here: Ground) -> None:
    case = here.filed(contests=[], honours=[], skill_standing=[], teaching_ways=[])
    assert rule(here, case, "one_of_six").outcome == "unknown"
    held = here.filed("岑铸山", craft_speciality=[], skill_standing=[], teaching_ways=[])
    assert rule(here, held, "one_of_six").outcome == "pass"  # second in 广西职工职业技能大赛


def test_rules_come_worst_first_and_preferences_apart(here: Ground) -> None:
    case = case_at(here.world, here.edition, "qualify", values={"union_member": "no", "years_in_trade": "22"})
    found = outcomes(here.programme, facts_of_one(here.programme, case))
    must, shown = rules_of(found)
    order = ["unmet", "missing", "judge", "met", "not_applicable"]
    kinds = [one["outcome"] for one in must]
    assert kinds[0] == "unmet"
    assert [order.index(one) // 2 if one != "met" else 1 for one in kinds]  # every outcome is a known one
    first = next(one for one in must if one["id"] == "union_member")
    assert (first["title"], first["outcome"], first["clause"]) == ("应为工会会员", "unmet", "通知 四(三)会员")
    assert first["sentence"] == "工会会员须为“是”；申报否"
    assert {one["force"] for one in shown} <= {"prefer", "guide"}
    assert "grassroots" in {one["id"] for one in shown}
    assert "grassroots" not in {one["id"] for one in must}
