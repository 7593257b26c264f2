"""A statement speaks of what stood there when it was made: an answer or a file changed later, it is asked anew."""

from datetime import timedelta

import pytest
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Case, Edit, File, Revision
from gongjiang.rules.nominations.form_plan_parts import FormPlan, Section, Statement
from gongjiang.services.nominations.statements import declared, standing

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SAID = Statement("not_classified", "声明", "推荐人不是涉密人员，材料已脱密。", "附件4声明")
PLAN = FormPlan((Section("confirm", "确认与提交", (SAID,)),))


@pytest.fixture
def case() -> Case:
    world: World = small_world()
    made = case_at(world, opened_edition(world), "apply", values={"post": "班长", "not_classified": "yes"})
    edit(made, 0, not_classified="yes")
    return made


def edit(case: Case, minutes: int, **changes: str) -> None:
    """Something that was written, so many minutes on."""
    at = AT + timedelta(minutes=minutes)
    told = {name: {"from": "", "to": value} for name, value in changes.items()}
    Edit.objects.create(case=case, version=case.version, changes=told, began_at=at, at=at)


def file(case: Case, minutes: int) -> File:
    """A file that came."""
    at = AT + timedelta(minutes=minutes)
    return File.objects.create(
        case=case, attachment="photo", title="照片", name="x.jpg", kind="jpg", size=1, digest="0", stored=str(minutes),
        uploaded_at=at,
    )  # fmt: skip


@pytest.mark.ledger("N-13")
def test_it_stands_until_something_changes(case: Case) -> None:
    file(case, -1)
    assert standing(case, PLAN) == {"not_classified"}
    edit(case, 1, post="车间主任")
    assert standing(case, PLAN) == frozenset()
    edit(case, 2, not_classified="yes")
    assert standing(case, PLAN) == {"not_classified"}
    later = file(case, 3)
    assert standing(case, PLAN) == frozenset()
    File.objects.filter(pk=later.pk).update(uploaded_at=AT, removed_at=AT + timedelta(minutes=4))
    assert standing(case, PLAN) == frozenset()


def test_what_was_ticked_without_a_record_is_asked(case: Case) -> None:
    Edit.objects.all().delete()
    assert standing(case, PLAN) == frozenset()
    assert standing(Case(values={}), PLAN) == frozenset()


def test_it_is_bound_to_what_was_handed_in(case: Case) -> None:
    assert declared(case, [SAID])[0].at is None
    file(case, -2)
    file(case, 9)
    gone = file(case, -3)
    File.objects.filter(pk=gone.pk).update(removed_at=AT - timedelta(minutes=1))
    Revision.objects.create(case=case, version=7, values={"not_classified": "yes"}, at=AT)
    Revision.objects.create(case=case, version=9, values={"not_classified": ""}, at=AT + timedelta(hours=1))
    (told,) = declared(case, [SAID])
    assert (told.version, told.at, told.files, told.by) == (7, AT, 1, "平台")
