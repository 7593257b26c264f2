"""The specimen of all components in a real browser: reachable for everyone, quiet console, parts that move."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import path
from playwright.sync_api import Browser, Page

from gongjiang.web.components import urls

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]
urlpatterns = [*urls.urlpatterns, *urls.specimen_urls, path("", urls.views.specimen)]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
handler404 = "django.views.defaults.page_not_found"


def opened(browser: Browser, address: str, width: int = 1440, **more: Any) -> tuple[Page, list[str]]:
    """A page and what its console complains about."""
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    complaints: list[str] = []
    page.on(
        "console", lambda message: complaints.append(message.text) if message.type in {"error", "warning"} else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address, wait_until="networkidle")
    return page, complaints


@pytest.mark.parametrize("layout", ["work", "public", "judge", "entry", "form", "nominee", "home"])
@pytest.mark.parametrize("width", [1440, 390])
def test_no_violation_of_wcag_and_nothing_refused_by_the_policy(
    live_server: Any, browser: Browser, layout: str, width: int
) -> None:
    page, complaints = opened(browser, f"{live_server.url}/specimen/{layout}/", width)
    page.set_viewport_size({"width": width, "height": 4000})  # a bar fixed to the foot covers what one can scroll to
    found = Axe().run(page, options=WCAG).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert complaints == []


@pytest.mark.parametrize("layout", ["work", "judge"])
def test_large_type_is_reachable_too(live_server: Any, browser: Browser, layout: str) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/{layout}/")
    page.get_by_role("link", name="大字").click()
    assert page.locator("html").get_attribute("data-type") == "large"
    page.reload()
    assert page.locator("html").get_attribute("data-type") == "large"
    assert Axe().run(page, options=WCAG).response["violations"] == []


def test_dialog_opens_over_the_page_and_gives_the_focus_back(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/")
    page.get_by_role("button", name="退回…").click()
    assert page.get_by_role("dialog", name="退回何焊平的申报").is_visible()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == "退回…"


def test_without_script_the_dialog_opens_in_place(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/", java_script_enabled=False)
    page.locator("#return summary").click()
    assert page.locator("#return textarea").is_visible()


def test_rows_are_added_and_removed(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/")
    table = page.locator("[data-rows=career]")
    table.get_by_role("button", name="加一行").click()
    assert table.locator("tbody tr:last-child input").first.get_attribute("name") == "career-2-from"
    table.get_by_role("button", name=re.compile("第 1 行")).click()
    assert table.locator("tbody tr").count() == 2


def test_rank_follows_number_and_keys(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/")
    names = page.locator("[data-rank] .name")
    page.get_by_label("何焊平的顺序").fill("1")
    page.keyboard.press("Tab")
    assert names.first.text_content() == "何焊平"
    page.get_by_role("button", name="移动何焊平，用上下键").press("ArrowDown")
    assert names.all_text_contents()[:2] == ["丁砺锋", "何焊平"]
    assert page.get_by_label("何焊平的顺序").input_value() == "2"


def test_digits_score_and_move_on(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/judge/")
    page.locator("input[name=tackle_1]:checked").focus()
    page.keyboard.press("7")
    page.keyboard.press("t")
    page.keyboard.press("0")
    scores = page.evaluate(
        "['tackle_1','tackle_2','tackle_3'].map(n => document.querySelector(`[name=${n}]:checked`).value)"
    )
    assert scores == ["7", "10", "0"]


def test_autosave_keeps_what_the_server_did_not_take(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/")
    page.route("**/specimen/", lambda route: route.abort() if route.request.method == "POST" else route.continue_())
    page.locator("#f-reason30").fill("守一把焊枪")
    page.get_by_text("断网，已存在本机").nth(1).wait_for()
    page.unroute("**/specimen/")
    saved = {"status": 200, "content_type": "application/json", "body": '{"version": 2, "saved_at": "14:32:09"}'}
    page.route(
        "**/specimen/", lambda route: route.fulfill(**saved) if route.request.method == "POST" else route.continue_()
    )
    page.locator("#f-reason30").press("End")
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.get_by_text("已保存 14:32:09").first.wait_for()
    assert page.locator("input[name=version]").input_value() == "2"
    assert page.evaluate("localStorage.length") == 0


def test_a_stale_page_says_so_and_keeps_the_words(live_server: Any, browser: Browser) -> None:
    page, _ = opened(browser, f"{live_server.url}/specimen/")
    stale = {"status": 409, "content_type": "application/json", "body": '{"text": "蒋审在 14:20 修改了“技能等级”。"}'}
    page.route(
        "**/specimen/", lambda route: route.fulfill(**stale) if route.request.method == "POST" else route.continue_()
    )
    page.locator("#f-reason30").fill("守一把焊枪")
    page.get_by_text("蒋审在 14:20 修改了“技能等级”。").wait_for()
    assert page.locator("#f-reason30").input_value() == "守一把焊枪"
    assert "守一把焊枪" in page.evaluate("localStorage.getItem('gongjiang:/specimen/')")
