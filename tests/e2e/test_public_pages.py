"""Public pages in a real browser: readable by everybody, printed on paper, an objection from form to answer."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from tests.factories import set_clock
from tests.services.public_notices.stage import DEEDS, Ground, ground, moment

from gongjiang.models import Objection

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
MONDAY = date(2026, 9, 21)


@pytest.fixture
def here() -> Ground:
    """A notice of five that runs since Friday."""
    found = ground(places=5, people=6)
    set_clock(moment(MONDAY))  # first: pages are made ahead by the clock that readers have
    found.post(contact={"phone": "0000-0000 000", "hours": "工作日 9:00—12:00", "address": "望澜市示例路 1 号"})
    return found


@pytest.mark.parametrize("width", [1440, 390])
def test_everybody_can_read_and_use_them(here: Ground, open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 900})
    slug = here.entry(0).notice.slug
    for address in ("/", "/notices/", f"/notices/{slug}/", f"/notices/{slug}/object/", "/objections/", "/register/"):
        page.goto(address)
        found = Axe().run(page, options=WCAG).response["violations"]
        assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] == [], address
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_an_objection_from_the_form_to_its_progress(here: Ground, page: Page) -> None:
    page.goto("/")
    page.get_by_role("link", name="正在公示").click()
    page.get_by_role("link", name="提交异议").click()
    page.get_by_label("反映对象").select_option(label="何焊平（澜江重工有限公司）")
    page.get_by_label("情况说明").fill(DEEDS)
    page.get_by_label("匿名", exact=True).check()
    page.get_by_role("button", name="提交").click()
    stored = Objection.objects.get()
    number, code = page.locator(".receipt dd").all_inner_texts()
    assert number == stored.receipt
    page.get_by_role("link", name="查看进展").click()
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查看进展").click()
    assert "正在研究是否受理" in page.locator("main").inner_text()


def test_on_paper_only_the_notice_is_left(here: Ground, page: Page) -> None:
    page.emulate_media(media="print")
    page.goto(f"/notices/{here.entry(0).notice.slug}/")
    shown: Any = page.evaluate("document.body.innerText")
    for words in ("何焊平", "选树工作领导小组", "2026年9月18日至9月24日", "0000-0000 000"):
        assert words in shown
    for words in ("还剩", "提交异议", "打印", "登录"):
        assert words not in shown
