"""Rules that read registers say what they know: found, not found, not covered, or a namesake to be checked."""

from datetime import date

import pytest
from tests.factories import AT
from tests.services.registry.ground import NUMBER, OTHER_NUMBER, again, drafted, handed_in, listed, outcome
from tests.services.registry.test_lists import brought
from tests.services.rounds.ground import Ground

from gongjiang.kernel import identity_number
from gongjiang.kernel.errors import Refused
from gongjiang.models import Case, PersonQuestion, RegistryEntry, StageRow, Subject
from gongjiang.services.nominations.save import save_values
from gongjiang.services.people.sealing import identity_hash
from gongjiang.services.registry.decide import decide, part, undo
from gongjiang.services.registry.queries import lines
from gongjiang.services.registry.take import withdraw

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BOTH = ("national-talent-plan", "ministry-talent-plan")
NOBODY = (("路无关", "", "1970-01", "某厂", ""),)
UNIT = "澜江重工有限公司"


@pytest.fixture
def ground(db: None) -> Ground:
    return listed()


def covered(ground: Ground, rows: object = NOBODY) -> None:
    for code in BOTH:
        brought(ground.world, rows, code=code, complete=True)


@pytest.mark.ledger("J-05")
def test_a_list_that_is_not_there_is_unknown_and_named(ground: Ground) -> None:
    case = handed_in(ground)
    found = outcome(ground, case)
    assert found.outcome == "unknown"
    assert found.sentence.endswith(
        "查得0条 → 待补（缺“国家级人才计划”名册、“其他部委人才计划”名册，请在“名册导入”中补齐）"
    )
    assert [one.lacking for one in lines(ground.actor("zhang"))] == [True, True]
    brought(ground.world, NOBODY, code=BOTH[0], complete=True)
    assert "缺“其他部委人才计划”名册，" in outcome(ground, case).sentence
    brought(ground.world, NOBODY, code=BOTH[1], complete=True, since=date(2020, 1, 1))
    assert "缺2020年1月1日以前的“其他部委人才计划”名册" in outcome(ground, case).sentence


@pytest.mark.ledger("J-05", "X-01")
def test_found_by_number_is_refused_and_not_found_passes(ground: Ground) -> None:
    case = drafted(ground)
    covered(ground)
    assert outcome(ground, case).outcome == "pass"
    brought(ground.world, (("何焊平", NUMBER, "", "别处", "2019"),), code=BOTH[0], title="另一份")
    assert outcome(ground, case).outcome == "fail"  # while it is still a draft
    with pytest.raises(Refused, match="荣誉库记录（项目为国家级人才计划、其他部委人才计划之一）不得有；符合1条"):
        again(ground, "plant", case)


@pytest.mark.ledger("J-05", "X-01")
def test_a_namesake_of_the_same_month_is_unknown_until_somebody_has_checked(ground: Ground) -> None:
    covered(ground, (("何焊平", "", "1980-06", "从前的单位", "2019"),))
    case = handed_in(ground)
    found = outcome(ground, case)
    assert found.outcome == "unknown"
    assert (
        "“国家级人才计划”名册第3行有一人与“何焊平”同名同出生年月，没有身份证号可比，待核对是否同一人" in found.sentence
    )
    assert "从前的单位" not in found.sentence
    question = PersonQuestion.objects.get()  # both lists speak of one record
    assert (question.one.identity_hash, question.other.pk) == (None, case.subject_id)
    actor = ground.actor("zhang")
    decide(actor=actor, at=AT, question_id=question.pk, same=False, reason="向其单位核实，不是同一人")
    assert outcome(ground, case).outcome == "pass"
    undo(actor=actor, at=AT, question_id=question.pk, reason="核实有误")
    decide(actor=actor, at=AT, question_id=question.pk, same=True, reason="本人承认")
    assert outcome(ground, case).outcome == "fail"
    undo(actor=actor, at=AT, question_id=question.pk, reason="再核实")
    assert outcome(ground, case).outcome == "unknown"


@pytest.mark.ledger("X-01")
def test_a_row_with_name_month_and_unit_of_one_person_is_theirs_until_it_is_set_apart(ground: Ground) -> None:
    case = handed_in(ground)
    covered(ground, (("何焊平", "", "1980-06", UNIT, "2019"),))
    assert Subject.objects.filter(name="何焊平").count() == 1
    assert outcome(ground, case).outcome == "fail"
    entry, other = case_entries("何焊平")
    assert entry.told == "姓名、出生年月、工作单位都一致。"
    for one in (entry, other):
        part(actor=ground.actor("zhang"), at=AT, entry_id=one.pk, reason="车间里有两个同名的人")
    assert outcome(ground, case).outcome == "pass"


def case_entries(name: str) -> list[RegistryEntry]:
    return list(RegistryEntry.objects.filter(name=name, standing=True).order_by("id"))


@pytest.mark.ledger("X-01")
def test_a_nominee_with_a_number_is_never_put_to_a_record_without_one(ground: Ground) -> None:
    covered(ground, (("何焊平", "", "1980-06", UNIT, "2019"),))
    case = handed_in(ground)
    assert Subject.objects.filter(name="何焊平").count() == 2
    assert outcome(ground, case).outcome == "unknown"
    assert PersonQuestion.objects.get().why == "姓名、出生年月、工作单位相同，但没有身份证号可比，请确认是否同一人。"


def test_two_who_fit_are_asked_about(ground: Ground) -> None:
    brought(ground.world, (("何焊平", OTHER_NUMBER, "", UNIT, ""),), code="city-star", label="望澜之星")
    case = handed_in(ground)
    covered(ground, (("何焊平", "", "1980-06", UNIT, "2019"),))
    assert PersonQuestion.objects.count() == 2
    assert outcome(ground, case).outcome == "unknown"


@pytest.mark.ledger("X-01")
def test_a_number_corrected_later_changes_the_person(ground: Ground) -> None:
    covered(ground)
    brought(ground.world, (("何焊平", OTHER_NUMBER, "", "别处", "2019"),), code=BOTH[0], title="另一份")
    case = handed_in(ground)
    assert outcome(ground, case).outcome == "pass"
    StageRow.objects.filter(case=case).exclude(stage="apply").delete()
    StageRow.objects.filter(case=case, stage="apply").update(state="open")
    Case.objects.filter(pk=case.pk).update(state="returned")
    case = save_values(actor=ground.actor("lan"), at=AT, case_id=case.pk, changes={"id_number": OTHER_NUMBER}).case
    assert outcome(ground, case).outcome == "fail"
    with pytest.raises(Refused, match="符合1条"):
        again(ground, "plant", case)
    third = identity_number.sample(9, date(1980, 6, 5), "男")
    save_values(actor=ground.actor("lan"), at=AT, case_id=case.pk, changes={"id_number": third})
    assert again(ground, "plant", case).subject.identity_hash == identity_hash(third)
    other = handed_in(ground, "far_plant", number=NUMBER)  # the place of the first number is free again
    assert other.submitted_at is not None


@pytest.mark.ledger("X-01")
def test_a_list_on_which_a_decision_rests_is_not_taken_back(ground: Ground) -> None:
    covered(ground)
    case = handed_in(ground)
    made = brought(ground.world, (("何焊平", NUMBER, "", "别处", "2019"),), code=BOTH[0], title="另一份")
    StageRow.objects.filter(case=case, stage="recommend").update(state="out", moved_at=AT)
    with pytest.raises(Refused, match="已经依据这份名单办理过名单上的人"):
        withdraw(actor=ground.actor("zhang"), at=AT, import_id=made.pk, reason="不要了")
