"""Submission is refused with every reason at once, and let through when form and material are as they must be."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from tests.factories import AT, World, opened_edition, programme_at, small_world
from tests.rules.evidence import samples
from tests.rules.nominations.test_form_plan_check import GOOD

from gongjiang.kernel.errors import Refused
from gongjiang.kernel.identity_number import sample
from gongjiang.models import Case, Edition
from gongjiang.services.evidence.upload import upload
from gongjiang.services.nominations.form import form_page
from gongjiang.services.nominations.prefill import begin, known_of, take_over
from gongjiang.services.nominations.save import save_values
from gongjiang.services.nominations.submit import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def started(world: World, edition: Edition, by: str = "lan", unit: str = "plant", **values: Any) -> Case:
    """A draft with the good form and these changes."""
    case = begin(
        actor=world.actor(by), at=AT, programme=programme_at(edition), award="craftsman", route="单位推荐",
        unit=world[unit], receiver=world["county"], title="何焊平",
    )  # fmt: skip
    saved = save_values(
        actor=world.actor(by), at=AT, case_id=case.pk, changes={**GOOD, "employer": "澜江重工有限公司", **values}
    )
    assert saved.problems == ()
    return saved.case


def files(world: World, case: Case, *left_out: str) -> None:
    """All the material that the notice asks for, but these."""
    for attachment, name, content in (
        ("photo", "照片.jpg", samples.picture("JPEG")),
        ("certificates", "证书.pdf", samples.pdf()),
        ("video", "绝活.mp4", samples.film(60)),
        ("consent", "同意书.pdf", samples.pdf()),
    ):
        if attachment not in left_out:
            upload(
                actor=world.actor("lan"), at=AT, case_id=case.pk, attachment=attachment, name=name,
                content=BytesIO(content),
            )  # fmt: skip


def refused(world: World, case: Case) -> list[str]:
    """Why it can't be submitted."""
    with pytest.raises(Refused) as caught:
        submit(actor=world.actor("lan"), at=AT, case_id=case.pk)
    return [one.text for one in caught.value.reasons]


def test_a_whole_nomination_goes_through(world: World, edition: Edition) -> None:
    case = started(world, edition, skill_standing={"china_lead": ""})
    files(world, case)
    taken = submit(actor=world.actor("lan"), at=AT, case_id=case.pk)
    assert taken.case.submitted_at == AT
    assert taken.opened == ("qualify",)


def test_every_reason_at_once(world: World, edition: Edition) -> None:
    case = started(world, edition, gender="女", deeds="字" * 2001, union_member="", skill_standing={"china_lead": ""})
    files(world, case, "video", "consent")
    told = refused(world, case)
    assert "性别填的是女，与身份证号所示的男不一致，请核对。" in told
    assert "“主要事迹（2000字左右）”不超过2000字，现2001字，超1字。" in told
    assert "“工会会员”未填。" in told
    assert "“展示能力的视频（5分钟以内）”至少1份，现有0份。" in told
    assert "“被推荐人同意书”至少1份，现有0份。" in told


def test_reasons_name_the_clause(world: World, edition: Edition) -> None:
    case = started(world, edition, union_member="", skill_standing={"china_lead": ""})
    files(world, case, "video")
    with pytest.raises(Refused) as caught:
        submit(actor=world.actor("lan"), at=AT, case_id=case.pk)
    clauses = {one.text: one.clause for one in caught.value.reasons}
    assert clauses["“展示能力的视频（5分钟以内）”至少1份，现有0份。"] == "四(四)2(4)、七(三)"
    assert "四(三)会员" in clauses["“工会会员”未填。"]


def test_years_that_the_resume_tells_need_not_be_typed(world: World, edition: Edition) -> None:
    rows = [{"from": "2004-02", "to": "", "org": "澜江重工", "post": "电焊工", "in_trade": "yes", "region": "南宁市"}]
    case = started(world, edition, years_in_trade="", years_in_city="", resume=rows, skill_standing={"china_lead": ""})
    files(world, case)
    page = form_page(world.actor("lan"), AT, case.pk)
    assert not [one for one in page.problems if not one.remark]
    outcome = {one.rule: one.outcome for one in page.outcomes}
    assert (outcome["years_trade"], outcome["years_city"]) == ("pass", "pass")
    submit(actor=world.actor("lan"), at=AT, case_id=case.pk)


def test_nothing_typed_twice_for_ones_own_people(world: World, edition: Edition) -> None:
    first = started(world, edition, ethnicity="壮族", skill_standing={"china_lead": ""})
    files(world, first)
    submit(actor=world.actor("lan"), at=AT, case_id=first.pk)
    again = begin(
        actor=world.actor("lan"), at=AT, programme=programme_at(opened_edition(world)), award="craftsman",
        route="单位推荐", unit=world["plant"], receiver=world["county"], title="何焊平",
    )  # fmt: skip
    assert known_of(world.actor("lan"), AT, again) is None
    again = save_values(
        actor=world.actor("lan"), at=AT, case_id=again.pk, changes={"id_number": GOOD["id_number"]}
    ).case
    known = known_of(world.actor("lan"), AT, again)
    assert known is not None
    assert known.values["ethnicity"] == "壮族"
    case = take_over(actor=world.actor("lan"), at=AT, case_id=again.pk).case
    assert case.values["ethnicity"] == "壮族"
    assert case.values["deeds"] == "带徒"


def test_a_strangers_number_tells_nothing(world: World, edition: Edition) -> None:
    first = started(world, edition, skill_standing={"china_lead": ""})
    files(world, first)
    submit(actor=world.actor("lan"), at=AT, case_id=first.pk)
    other = begin(
        actor=world.actor("yin"), at=AT, programme=programme_at(edition), award="craftsman", route="单位推荐",
        unit=world["dyeing"], receiver=world["county"], title="某人",
    )  # fmt: skip
    other = save_values(
        actor=world.actor("yin"), at=AT, case_id=other.pk, changes={"id_number": GOOD["id_number"]}
    ).case
    assert known_of(world.actor("yin"), AT, other) is None
    unknown = save_values(
        actor=world.actor("yin"), at=AT, case_id=other.pk, changes={"id_number": sample(9, date(1990, 1, 1), "女")}
    ).case
    assert known_of(world.actor("yin"), AT, unknown) is None
