"""Pages of officers, observers and administrators in a real browser: reachable for everyone on a desktop and a
telephone, nothing refused by the policy; the door, the identities, the clock and the wizard walked by hand."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect
from tests.factories import (
    AT,
    PASSWORD,
    World,
    case_at,
    load_calendar,
    opened_edition,
    prepared_edition,
    set_clock,
    small_world,
    with_password,
)

from gongjiang.models import Edition, Opinion

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
PAGES = {
    "wen": ["/todo/", "/todo/?show=waiting", "/todo/?show=done", "/messages/", "/roles/", "/password/"],
    "zhang": [
        "/editions/",
        "/editions/new/",
        "/editions/{open}/",
        "/editions/{open}/extend/",
        "/editions/{open}/body/",
        "/editions/{next}/questions/",
        "/editions/{next}/roles/",
        "/editions/{next}/review/",
        "/packs/",
        "/packs/nanning-2026/",
        "/packs/compare/?left=nanning-2026&right=changzhou-2024",
        "/editions/{open}/rules/",
        "/editions/{open}/clauses/",
        "/editions/{open}/what-if/?p-min_years_trade=12",
    ],
    "ji": ["/audit/"],
    "guan": ["/organisations/{county}/", "/organisations/?q=工会"],
    "xi": ["/calendar/"],
}


@pytest.fixture
def world(transactional_db: None) -> World:
    return small_world()


@pytest.fixture
def ids(world: World) -> dict[str, int]:
    load_calendar()
    edition = opened_edition(world)
    for stage in ("apply", "qualify", "initial", "expert"):
        case_at(world, edition, stage, f"{stage}人")
    waiting = case_at(world, edition, "dept_opinion", "苗绣岚")
    Opinion.objects.create(
        case=waiting, sheet="county_sheet", party="sci", organisation=world["county_sci"], asked_at=AT
    )
    following = prepared_edition(world, pack="national-2024", slug="next")
    set_clock(AT)
    return {"open": edition.pk, "next": following.pk, "county": world["county"].pk}


def signed_in(page: Page, world: World, username: str) -> Page:
    """The session of a person put into the browser's cookies."""
    client = Client()
    client.force_login(world.people[username], backend="django.contrib.auth.backends.ModelBackend")
    base = page.context._impl_obj._options["baseURL"]
    page.context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": base}])
    return page


@pytest.mark.parametrize("username", list(PAGES))
@pytest.mark.parametrize("width", [1440, 390])
def test_pages_are_reachable_for_everyone(
    open_page: Callable[..., Page], world: World, ids: dict[str, int], username: str, width: int
) -> None:
    page = signed_in(open_page(viewport={"width": width, "height": 900}), world, username)
    wrong: list[Any] = []
    for address in PAGES[username]:
        page.goto(address.format(**ids), wait_until="networkidle")
        found = Axe().run(page, options=WCAG).response["violations"]
        wrong += [(address, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
        over = page.evaluate("document.documentElement.scrollWidth")
        wrong += [(address, "wider than the screen", over)] if over > width else []
    assert wrong == []


def test_from_the_door_to_what_waits_and_on_by_the_clock(page: Page, world: World, ids: dict[str, int]) -> None:
    with_password(world.people["zhang"])
    page.goto("/todo/")
    page.get_by_label("账号").fill("zhang")
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录").click()
    expect(page).to_have_url(re.compile("/todo/$"))
    page.locator("details.who > summary").click()
    page.get_by_role("link", name="切换身份").first.click()
    expect(page.get_by_role("heading", name="章有序，请选择本次身份")).to_be_visible()
    page.get_by_role("button", name="选树工作领导小组办公室").click()
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
    page.get_by_role("button", name="前进 1 天").click()
    expect(page.get_by_text("演示时钟：2026年6月25日")).to_be_visible()


def test_an_answer_at_a_time_with_its_clause_beside(page: Page, world: World, ids: dict[str, int]) -> None:
    signed_in(page, world, "zhang")
    page.goto(f"/editions/{ids['next']}/questions/")
    second = page.locator("#q-Q2")
    expect(second.locator(".clausebox").first).to_contain_text("200名左右")
    second.get_by_label("答复").fill("190")
    second.get_by_role("button", name="只记这一条").click()
    expect(page.locator("#q-Q2")).to_contain_text("已答复")
    expect(page.locator("#q-Q2")).to_contain_text("190")
    assert Edition.objects.get(pk=ids["next"]).params["places"] == "190"
