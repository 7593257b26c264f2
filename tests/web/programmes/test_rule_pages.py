"""Rules beside the notice, clauses without a rule and their signatures, other values tried on real nominees."""

import pytest
from tests.factories import World, case_at, opened_edition, small_world

from gongjiang.models import Edition, Judgement

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def edition(world: World) -> Edition:
    return opened_edition(world)


def test_each_rule_stands_beside_its_clause_and_each_value_beside_its_uses(world: World, edition: Edition) -> None:
    page = world.client("wen").get(f"/editions/{edition.pk}/rules/").content.decode()
    for told in (
        "从事本项（专业）工作年限≥10年",
        "从事本项（专业）工作满10年，同时在南宁市区域内",  # the clause, word for word
        '<a href="#param-min_years_trade">从事本项（专业）工作年限下限</a> 10年',
        '<a href="#rule-years_trade">条件“从事本项（专业）工作年限”</a>',
        "破格“特别优秀的可以破格推荐（工作年限）”",
        "政治素质、职业操守与廉洁自律是否符合要求（受理推荐的工会，资格审核确认）",
        "向上取整",
    ):
        assert told in page, told


@pytest.mark.ledger("X-05")
def test_clauses_without_a_rule_are_signed_by_the_organiser(world: World, edition: Edition) -> None:
    address = f"/editions/{edition.pk}/clauses/"
    page = world.client("wen").get(address).content.decode()
    assert "一般工作要求，无可执行规则" in page
    assert "未签认" in page
    assert 'name="clause"' not in page
    assert world.client("wen").post(address, {"clause": "七(二)", "basis": "x"}).status_code == 403
    zhang = world.client("zhang")
    unsaid = zhang.post(address, {"clause": "七(二)", "basis": " "})
    assert unsaid.status_code == 400
    assert 'value="七(二)" checked' in unsaid.content.decode()
    assert zhang.post(address, {"clause": "四(二)", "basis": "会议"}).status_code == 400  # it has a rule
    done = zhang.post(address, {"clause": ["七(一)", "七(二)"], "basis": "6月24日办公室会议"}, follow=True)
    for told in ("已签认 2 条", "章有序", "依据：6月24日办公室会议"):
        assert told in done.content.decode(), told
    assert set(Judgement.objects.filter(about="clause").values_list("key", "superseded")) == {
        ("clause:七(一)", False), ("clause:七(二)", False),
    }  # fmt: skip


def test_other_values_are_tried_on_the_real_nominees_and_nothing_is_recorded(world: World, edition: Edition) -> None:
    won = [{"id": "contests-1", "contest": "广西职工职业技能大赛", "rank": "1"}]
    base = {"contests": won, "works_in_city": "yes", "on_frontline": "yes", "union_member": "yes", "years_in_city": "9"}
    for name, years in (("何焊平", "11"), ("岑铸山", "14"), ("丁砺锋", "9")):
        case_at(world, edition, "qualify", name, route="个人自主申报", values={**base, "years_in_trade": years})
    case_at(world, edition, "apply", "石守窑", values={**base, "years_in_trade": "11"})  # a draft is nobody's business
    address = f"/editions/{edition.pk}/what-if/"
    zhang = world.client("zhang")
    page = zhang.get(address).content.decode()
    assert 'name="p-min_years_trade" value="10"' in page
    assert "已提交 <b>" not in page
    page = zhang.get(address, {"p-min_years_trade": "12", "p-min_years_city": "5"}).content.decode()
    for told in (
        "已提交 <b>3</b> 人；现不符合 <b>1</b> 人，改后不符合 <b>2</b> 人",
        "从事本项（专业）工作年限下限：10年 → 12年",
        "四(三)年限：从事本项（专业）工作年限须≥12年；申报11年 → 不符合",
        "会落下的人选",
    ):
        assert told in page, told
    assert "何焊平" in page
    assert "岑铸山" not in page
    assert "石守窑" not in page
    page = zhang.get(address, {"p-min_years_trade": "8"}).content.decode()
    assert "会变为符合的人选" in page
    assert "丁砺锋" in page
    wrong = zhang.get(address, {"p-min_years_trade": "十年"})
    assert wrong.status_code == 422
    assert 'value="十年"' in wrong.content.decode()
    assert zhang.get(address, {"p-regional_heirs": "maybe"}).status_code == 422
    edition.refresh_from_db()
    assert edition.params["min_years_trade"] == 10


def test_one_sees_only_the_nominees_one_may_see(world: World, edition: Edition) -> None:
    case_at(world, edition, "qualify", "何焊平", values={"years_in_trade": "11"})
    page = world.client("yuan").get(f"/editions/{edition.pk}/what-if/", {"p-min_years_trade": "12"}).content.decode()
    assert "已提交 <b>0</b> 人" in page
    assert "何焊平" not in page


def test_two_packs_side_by_side_with_the_clauses_of_each(world: World) -> None:
    zhang = world.client("zhang")
    assert "比较项目包" in zhang.get("/packs/compare/").content.decode()
    page = zhang.get("/packs/compare/", {"left": "nanning-2026", "right": "changzhou-2024"}).content.decode()
    for told in (
        "25名", "100名",
        "甲　四(三)年限", "乙　二.条件",
        "具有5年以上一线生产现场工作经历",
        "申报 → 推荐单位研究确定推荐人选",
    ):  # fmt: skip
        assert told in page, told
    same = zhang.get("/packs/compare/", {"left": "changzhou-2024", "right": "changzhou-2024"}).content.decode()
    assert "两个项目包内容相同" in same
    assert zhang.get("/packs/compare/", {"left": "changzhou-2024", "right": "v999"}).status_code == 404
    assert world.client("lan").get("/packs/compare/").status_code == 404
