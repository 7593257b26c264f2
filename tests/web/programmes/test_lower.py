"""A city union sets up its own programme under the measures, on screen, from the form to the opening."""

import pytest
from tests.factories import AT, World, programme_at, small_world

from gongjiang.kernel.actor import platform
from gongjiang.models import Edition, Entry, PackVersion
from gongjiang.services.programmes.answers import save_answers
from gongjiang.services.programmes.programme import programme_of
from gongjiang.services.programmes.publish_edition import open_problems

PAGE = "/packs/measures-2025/lower/"


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def form(world: World, **more: object) -> dict[str, object]:
    """What an officer types; `more` replaces or adds."""
    return {
        "title": "首批望澜工匠",
        "slug": "wanglan-artisan-2026",
        "organiser": world["city"].pk,
        "award": "municipal",
        "award_label": "望澜工匠",
        "basis": "望工发〔2026〕8号",
        "issued_on": "2026-06-01",
        "w-filing-from": "2026-06-10",
        "w-filing-to": "2026-07-10",
        "places": "12",
        "rec": ["lower_union", "lower_industry_union"],
        "p-years_municipal": "4",
        "rules-0-name": "不超过五十周岁",
        "rules-0-kind": "age",
        "rules-0-value": "50",
        "rules-0-force": "soft",
        "rules-0-basis": "",
        "rules-1-name": "在本地有影响",
        "rules-1-kind": "judged",
        "rules-1-value": "是否在本地同行中有影响",
        "rules-1-force": "hard",
        "rules-1-basis": "党组会",
    } | more


@pytest.mark.ledger("M-02", "G-17")
def test_from_the_form_to_an_edition_that_needs_its_consent(world: World) -> None:
    officer = world.client("zhang")
    assert "生产现场工作年限下限（年）" in officer.get(PAGE).content.decode()
    answer = officer.post(PAGE, form(world))
    assert answer.status_code == 302, answer.content.decode()
    version = PackVersion.objects.get(pack_id="wanglan-artisan-2026")
    assert version.upper is not None
    assert version.upper.pack_id == "measures-2025"
    origins = officer.get(answer["Location"]).content.decode()
    assert "3 → 4（收紧）" in origins
    assert "不超过五十周岁" in origins
    assert "没有与上级办法不一致的地方" in origins

    given = {"pack": f"v{version.pk}", "organiser": world["city"].pk, "title": "", "slug": "wanglan-1"}
    assert officer.post("/editions/new/", given).status_code == 302
    programme = programme_at(Edition.objects.get(slug="wanglan-1"))
    assert [one.id for one in programme.pack.awards] == ["municipal"]
    assert {one.id for one in programme.pack.rules} >= {"local_1", "local_2", "years_municipal", "politics"}
    assert "years_national" not in {one.id for one in programme.pack.rules}
    assert programme.params["years_municipal"] == 4

    answers = {one.id: ("yes" if one.id != "M2" else "no", "批准") for one in programme.questions}
    answers |= {one.id: (str(one.default), "") for one in programme.questions if one.takes.kind != "yes_no"}
    save_answers(actor=platform(), at=AT, programme=programme, given=answers)
    assert next(one for one in open_problems(programme) if "M2" in one).startswith("问题 M2 的答复不允许发布")
    save_answers(actor=platform(), at=AT, programme=programme, given={"M2": ("yes", "")})
    assert any("M2 须写明依据" in one for one in open_problems(programme))
    save_answers(actor=platform(), at=AT, programme=programme, given={"M2": ("yes", "望组函〔2026〕3号")})
    assert not [one for one in open_problems(programme) if one.startswith("问题")]


@pytest.mark.ledger("M-02")
def test_what_is_looser_needs_a_reason_and_a_signature(world: World) -> None:
    officer = world.client("zhang")
    refused = officer.post(PAGE, form(world, **{"p-years_municipal": "2"}))
    assert refused.status_code == 422
    assert "放宽为" in refused.content.decode()
    assert PackVersion.objects.count() == 0

    taken = officer.post(PAGE, form(world, **{"p-years_municipal": "2", "r-years_municipal": "新兴产业从业年限短"}))
    assert taken.status_code == 302
    page = officer.get(taken["Location"]).content.decode()
    assert '<td class="red">数值：3 → 2（不一致）</td>' in page
    assert "新兴产业从业年限短" in page
    version = PackVersion.objects.get(pack_id="wanglan-artisan-2026")
    given = {"pack": f"v{version.pk}", "organiser": world["city"].pk, "title": "", "slug": "wanglan-2"}
    officer.post("/editions/new/", given)
    edition = Edition.objects.get(slug="wanglan-2")
    (asked,) = [one for one in programme_at(edition).questions if one.id.startswith("departs.")]
    assert (asked.id, asked.must) == ("departs.params.years_municipal", True)
    questions = officer.get(f"/editions/{edition.pk}/questions/").content.decode()
    assert "与上级办法不一致：市级工匠：生产现场工作年限下限" in questions
    programme = programme_of(programme_at(edition).process)
    save_answers(actor=platform(), at=AT, programme=programme, given={asked.id: ("no", "")})
    assert any("departs.params.years_municipal 的答复不允许发布" in one for one in open_problems(programme))
    assert 'class="red"' in officer.get(f"/editions/{edition.pk}/review/").content.decode()


@pytest.mark.once
@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"award": "national"}, "这一级不能办这个奖项"),
        ({"rec": []}, "请勾选可以推荐的单位"),
        ({"basis": " "}, "请写明本级依据"),
        ({"places": "0"}, "名额须为正整数"),
        ({"slug": "望澜"}, "代号用小写字母"),
        ({"w-filing-to": "明年"}, "请填写日期"),
        ({"w-filing-to": "2036-01-01"}, "不属补充、收紧、分解或提前"),
        ({"rules-0-value": "五十"}, "不是数字"),
        ({"rules-0-kind": ""}, "请选择条件的种类"),
        ({"snippet": "pack: {id: x}"}, "补充片段里不能写 pack"),
        ({"snippet": "rules: [{id: a, chek: 1}]"}, "不认识的键“chek”"),
        ({"snippet": "rules: [a"}, "YAML 写法有误"),
    ],
)
def test_what_is_wrong_is_said(world: World, more: dict[str, object], says: str) -> None:
    answer = world.client("zhang").post(PAGE, form(world, **more))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert says in page
    assert 'value="首批望澜工匠"' in page
    assert PackVersion.objects.count() == 0


@pytest.mark.once
def test_a_framework_is_extended_and_not_run(world: World) -> None:
    officer = world.client("zhang")
    assert "measures-2025" not in officer.get("/editions/new/").content.decode()
    given = {"pack": "measures-2025", "organiser": world["city"].pk, "title": "", "slug": "m"}
    answer = officer.post("/editions/new/", given)
    assert answer.status_code in {409, 422}
    assert "框架办法，不直接办届次" in answer.content.decode()
    assert officer.get("/packs/nanning-2026/lower/").status_code in {403, 409}
    page = officer.get("/packs/national-2024/").content.decode()
    assert "已由《工匠人才培育实施办法》（总工发〔2025〕10号）自2025年5月22日起废止" in page
    assert officer.get("/packs/nanning-2026/origins/").status_code == 200


@pytest.mark.once
def test_a_row_more_and_a_row_less_keep_what_was_typed(world: World) -> None:
    officer = world.client("zhang")
    more = officer.post(PAGE, form(world, add_row="rules")).content.decode()
    assert 'name="rules-2-name"' in more
    less = officer.post(PAGE, form(world, remove_row="rules-0")).content.decode()
    assert "不超过五十周岁" not in less
    assert "在本地有影响" in less


@pytest.mark.once
def test_the_form_is_one_transaction_with_its_record(transactional_db: None) -> None:
    """Without a test's own transaction around it, as in the running platform."""
    world = small_world()
    assert world.client("zhang").post(PAGE, form(world)).status_code == 302
    assert Entry.objects.filter(action="pack.add").count() == 1
