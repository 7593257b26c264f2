"""Moves of a case: who may take which, and from where (TRUST 2, 3)."""

import pytest
from tests.factories import AT, case_at, person
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import GongjiangError, NotAllowed, Refused
from gongjiang.models import Case, StageRow, Subject
from gongjiang.services.nominations.transition import move

pytestmark = pytest.mark.django_db

#: Who each name is: filer of the unit, filer of another unit, officer and approver of the receiving union, its
#: science department, officer of another county, the office, an expert, an observer, an administrator.
CAST = ("lan", "yin", "wen", "jiang", "ke", "yuan", "zhang", "yan", "jia", "ji", "guan", "xi")
#: (stage, action): who may take it.
MAY = {
    ("apply", "submit"): {"lan"},
    ("apply", "withdraw"): {"lan"},
    ("qualify", "pass"): {"wen", "jiang"},
    ("qualify", "return"): {"wen", "jiang"},
    ("qualify", "reject"): {"wen", "jiang"},
    ("qualify", "withdraw"): {"lan"},
    ("dept_opinion", "complete"): {"wen", "jiang"},
    ("dept_opinion", "return"): {"wen", "jiang"},
    ("dept_opinion", "reject"): {"wen", "jiang"},
    ("dept_opinion", "withdraw"): {"lan"},
    ("report_up", "report"): {"wen", "jiang"},
    ("report_up", "return"): {"wen", "jiang"},
    ("report_up", "withdraw"): {"lan"},
    ("initial", "return"): {"zhang", "yan"},
    ("joint_sign", "return"): {"zhang", "yan"},
    ("joint_sign", "reject"): {"zhang", "yan"},
    ("joint_sign", "withdraw"): {"lan"},
}
WHOLE = [
    ("initial", "keep"),
    ("initial", "drop"),
    ("initial", "reserve"),
    ("initial", "promote"),
    ("expert", "keep"),
    ("union_review", "keep"),
    ("final_review", "drop"),
    ("notice", "reserve"),
    ("notice", "backfill"),
    ("name", "confer"),
]


@pytest.fixture
def here() -> Ground:
    return ground()


def outcome(here: Ground, case: Case, stage: str, action: str, who: str, **more: object) -> str:
    """'' if it was done, else the name of the refusal; nothing of it stays."""
    try:
        move(
            actor=here.actor(who),
            at=AT,
            case_id=case.pk,
            stage_id=stage,
            action=action,
            **{"reason": "缺页", **more},  # type: ignore[arg-type]
        )
    except GongjiangError as error:
        return type(error).__name__
    return ""


@pytest.mark.parametrize(("stage", "action"), list(MAY))
def test_each_move_is_open_to_its_people_and_closed_to_everybody_else(here: Ground, stage: str, action: str) -> None:
    case = case_at(here.world, here.edition, stage)
    refused = {who for who in CAST if outcome(here, case, stage, action, who) == "NotAllowed"}
    assert refused == set(CAST) - MAY[(stage, action)]


@pytest.mark.parametrize(("stage", "action"), WHOLE)
def test_what_a_whole_list_decides_is_refused_for_one(here: Ground, stage: str, action: str) -> None:
    case = case_at(here.world, here.edition, stage)
    assert {outcome(here, case, stage, action, who) for who in CAST} == {"Refused"}
    assert StageRow.objects.get(case=case, stage=stage).state == "open"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "何焊平还没有到“资格审核确认”。"),
        ("done", "何焊平在“资格审核确认”已经办过，不能再“不予通过”。"),
        ("out", "何焊平在“资格审核确认”已经办过，不能再“不予通过”。"),
        ("struck", "何焊平在“资格审核确认”已经办过，不能再“不予通过”。"),
        ("passed_by", "何焊平在“资格审核确认”已经办过，不能再“不予通过”。"),
        ("alternate", "何焊平在“资格审核确认”已经办过，不能再“不予通过”。"),
    ],
)
def test_a_move_begins_only_where_the_table_says(here: Ground, state: str, said: str) -> None:
    case = case_at(here.world, here.edition, "qualify")
    StageRow.objects.filter(case=case, stage="qualify").update(state=state)
    with pytest.raises(Refused) as refused:
        here.take(case, "qualify", "reject", reason="材料不实")
    assert refused.value.text == said


@pytest.mark.parametrize("state", ["rejected", "not_selected", "withdrawn", "disqualified"])
def test_a_nomination_that_ended_stays_ended(here: Ground, state: str) -> None:
    case = case_at(here.world, here.edition, "qualify", state=state)
    with pytest.raises(Refused, match="的申报已经结束"):
        here.take(case, "qualify", "reject", reason="材料不实")


def test_nobody_decides_on_their_own_nomination(here: Ground) -> None:
    both = person(here.world, "shuang", "双面人", ("filer", "plant"), ("officer", "county"))
    case = here.filed(filer="shuang")
    assert outcome(here, case, "qualify", "pass", "shuang") == "NotAllowed"
    other = here.filed("岑铸山")
    Subject.objects.filter(pk=other.subject_id).update(user=both)
    with pytest.raises(NotAllowed, match="不能办理自己填报或与自己有关的申报"):
        here.take(other, "qualify", "reject", who="shuang", reason="避嫌")
