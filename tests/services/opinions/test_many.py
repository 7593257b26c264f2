"""Agreeing to several boxes at once: only one's own, each a step of its own."""

import pytest
from tests.factories import AT
from tests.services.formality.ground import Ground, ground

from gongjiang.kernel.errors import BadInput
from gongjiang.models import Case, Opinion
from gongjiang.services.opinions.many import agree_to_many, boxes_waiting, same_box_waiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Ground:
    return ground()


def waiting(here: Ground, who: str) -> list[tuple[str, str]]:
    found = boxes_waiting(here.actor(who), here.programme, here.programme.stage("dept_opinion"))
    return [(one.opinion.case.title, one.label) for one in found]


def agree(here: Ground, who: str, *cases: Case) -> tuple[str, ...]:
    return agree_to_many(
        actor=here.actor(who),
        at=AT,
        programme=here.programme,
        stage=here.programme.stage("dept_opinion"),
        chosen=Opinion.objects.filter(case__in=cases).values_list("pk", flat=True),
        text="同意。",
    ).done


@pytest.mark.ledger("G-08")
def test_a_department_agrees_to_all_that_wait_for_it_and_to_nothing_else(here: Ground) -> None:
    cases = [here.to("dept_opinion", name) for name in ("何焊平", "岑铸山", "丁砺锋")]
    assert waiting(here, "ke") == [(name, "科技部门意见") for name in ("何焊平", "岑铸山", "丁砺锋")]
    assert waiting(here, "lan") == []
    assert agree(here, "ke", *cases[:2]) == ("何焊平", "岑铸山")
    given = Opinion.objects.exclude(verdict="").filter(case__in=cases, sheet="county_sheet")
    assert list(given.order_by("id").values_list("case__title", "party", "verdict", "text", "on_behalf")) == [
        ("何焊平", "sci", "同意", "同意。", False),
        ("岑铸山", "sci", "同意", "同意。", False),
    ]
    assert waiting(here, "ke") == [("丁砺锋", "科技部门意见")]
    assert same_box_waiting(here.actor("ke"), given[0]) == [cases[2].pk]


def test_what_waits_for_others_or_was_signed_is_not_signed_again(here: Ground) -> None:
    case = here.to("dept_opinion")
    with pytest.raises(BadInput, match="请先勾选要签署的人选"):
        agree(here, "lan", case)
    agree(here, "ke", case)
    with pytest.raises(BadInput, match="已经签过的不再列出"):
        agree(here, "ke", case)
