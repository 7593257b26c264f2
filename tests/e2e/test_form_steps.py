"""The form's steps in a real browser: reachable for everybody, on a telephone too; saved while typed, or kept."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote_plus

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Request, Route, expect
from tests.e2e.conftest import Complaints
from tests.factories import AT, World, case_at, opened_edition, small_world

from gongjiang.models import Case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
STEPS = ["basic", "choices", "resume", "deeds", "supplement", "expert_letter", "material", "confirm"]
TARGETS = "main :is(button, a.btn, input, select, textarea, summary)"
SMALL = """targets => [...document.querySelectorAll(targets)].filter(one => {
  const box = (one.closest('label.choice, label.btn') ?? one).getBoundingClientRect();
  return one.type !== 'hidden' && box.width > 0 && box.height < 43.5;
}).map(one => one.outerHTML.slice(0, 120))"""


@pytest.fixture
def case(transactional_db: None) -> tuple[World, Case]:
    """A draft by the way in that asks most."""
    world = small_world()
    values = {
        "gender": "男", "skill_standing": {"china_lead": ""}, "patents": "yes", "deeds": "带徒" * 1001,
        "resume": [{"id": "r1", "from": "2004-02", "to": "", "org": "澜江重工有限公司", "post": "电焊工"}],
    }  # fmt: skip
    return world, case_at(world, opened_edition(world), "apply", route="专业人士推荐", values=values)


def signed_in(page: Page, world: World, base: str) -> Page:
    """The filer's cookies."""
    cookie = world.client("lan", AT).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])
    return page


@pytest.mark.parametrize("width", [1440, 390])
def test_every_step_is_reachable_and_fits(
    open_page: Callable[..., Page], live_server: Any, case: tuple[World, Case], width: int
) -> None:
    world, draft = case
    # Tall enough that the bar at the foot lies over nothing.
    narrow = {"viewport": {"width": width, "height": 4800}, "has_touch": width < 400, "is_mobile": width < 400}
    page = signed_in(open_page(**narrow), world, live_server.url)
    for step in STEPS:
        page.goto(f"/nominations/{draft.pk}/form/{step}/?check=1")
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(step, one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width, step
        if width < 400:
            assert page.evaluate(SMALL, TARGETS) == [], step


def test_what_was_typed_before_the_scripts_came_is_saved(
    page: Page, live_server: Any, case: tuple[World, Case]
) -> None:
    world, draft = case
    signed_in(page, world, live_server.url)
    held: list[Route] = []
    page.route("**/autosave*.js", lambda route: held.append(route))
    with page.expect_request("**/autosave*.js"):
        page.goto(f"/nominations/{draft.pk}/form/supplement/", wait_until="commit")
    page.locator("input[name=union_member][value=yes]").check()
    expect(page.locator("[data-saved]").first).to_contain_text("尚无改动")
    held.pop().continue_()
    expect(page.locator("[data-saved]").first).to_contain_text("已保存")
    draft.refresh_from_db()
    assert draft.values["union_member"] == "yes"


def written(request: Request, word: str) -> bool:
    """Does a save carry this word, in whatever form the browser sends it?"""
    sent = request.post_data_buffer or b""
    return request.method == "POST" and (word.encode() in sent or quote_plus(word).encode() in sent)


def test_saved_while_typed_with_the_rules_following(page: Page, live_server: Any, case: tuple[World, Case]) -> None:
    world, draft = case
    signed_in(page, world, live_server.url).goto(f"/nominations/{draft.pk}/form/supplement/")
    rules = page.locator("#rules")
    expect(rules.locator(".rule", has_text="应为工会会员")).to_contain_text("待补")
    page.locator("input[name=union_member][value=yes]").check()
    expect(page.locator("[data-saved]").first).to_contain_text("已保存")
    expect(rules.locator(".rule", has_text="应为工会会员")).to_contain_text("符合")
    draft.refresh_from_db()
    assert draft.values["union_member"] == "yes"
    page.locator("[name='honours-0-title']").fill("市级技术能手")
    page.get_by_role("group", name="荣誉明细").get_by_role("button", name="加一行").click()
    with page.expect_response(lambda one: written(one.request, "劳动模范") and one.ok):
        page.locator("[name='honours-1-title']").fill("劳动模范")
    expect(page.locator("#steps")).to_contain_text("1/5")
    page.wait_for_function("() => document.querySelector('[data-saved] .i-check')")
    draft.refresh_from_db()
    assert [one["title"] for one in draft.values["honours"]] == ["市级技术能手", "劳动模范"]


def test_conditions_open_and_close(page: Page, live_server: Any, case: tuple[World, Case]) -> None:
    world, draft = case
    signed_in(page, world, live_server.url).goto(f"/nominations/{draft.pk}/form/choices/")
    design = page.locator("[data-part=patents_design]")
    expect(design).to_be_visible()
    page.locator("input[name=patents][value=no]").check()
    expect(design).to_be_hidden()
    card = page.locator(".optcard", has_text="具有工艺专长")
    expect(page.locator("[data-part=craft_speciality]")).to_be_hidden()
    card.get_by_label("具有工艺专长").first.check()
    page.locator("input[name=craft_speciality][value=unique]").check()
    page.locator("[name=craft_speciality__unique]").fill("单面焊双面成形")
    card.get_by_label("具有工艺专长").first.uncheck()
    expect(page.locator("[data-part=craft_speciality]")).to_be_hidden()
    card.get_by_label("具有工艺专长").first.check()
    expect(page.locator("[name=craft_speciality__unique]")).to_have_value("单面焊双面成形")


def test_what_is_typed_without_a_network_is_kept(
    page: Page, live_server: Any, case: tuple[World, Case], complaints: Complaints
) -> None:
    world, draft = case
    signed_in(page, world, live_server.url).goto(f"/nominations/{draft.pk}/form/basic/")
    page.wait_for_load_state("networkidle")
    page.context.set_offline(True)
    page.locator("[name=native_place]").fill("青屿县")
    expect(page.locator("[data-saved]").first).to_contain_text("断网，已存在本机")
    page.context.set_offline(False)
    expect(page.locator("[data-saved]").first).to_contain_text("已保存")
    draft.refresh_from_db()
    assert draft.values["native_place"] == "青屿县"
    complaints.forgive("ERR_INTERNET_DISCONNECTED")


def test_a_second_tab_is_told_and_keeps_what_was_typed(
    page: Page, live_server: Any, case: tuple[World, Case], complaints: Complaints
) -> None:
    world, draft = case
    signed_in(page, world, live_server.url).goto(f"/nominations/{draft.pk}/form/basic/")
    world.client("lan").post(
        f"/nominations/{draft.pk}/save/basic/",
        {"version": draft.version, "fields": "post", "post": "班长"},
    )
    page.locator("[name=post]").fill("车间主任")
    expect(page.locator(".note", has_text="此页已过期")).to_be_visible()
    expect(page.locator("[name=post]")).to_have_value("车间主任")
    choice = page.get_by_role("group", name="职务")
    expect(choice.get_by_label("用我填的")).to_be_checked()
    expect(choice).to_contain_text("车间主任")
    expect(choice).to_contain_text("班长")
    page.get_by_role("button", name="保存，下一步").click()
    expect(page.get_by_role("heading", name="选填条件")).to_be_visible()
    draft.refresh_from_db()
    assert draft.values["post"] == "车间主任"
    complaints.forgive("409")
