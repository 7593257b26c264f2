"""A judge's queue by keyboard alone: digits, T, numbers, Enter; then all handed in at once. All 45 in the long run."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.e2e.test_judging import sign_in
from tests.factories import case_at
from tests.services.rounds.ground import ground

from gongjiang.models import Expert, ScoreSheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("number", [8, pytest.param(45, marks=pytest.mark.soak)])
def test_a_queue_without_a_mouse(open_page: Callable[..., Page], live_server: Any, number: int) -> None:
    found = ground({"Q2": "1"})
    for n in range(number):
        case_at(found.world, found.edition, "panel", f"何焊{chr(0x4E00 + n)}", values={"trade": "电焊工"})
    found.seat("jia")
    found.assign()
    seat = Expert.objects.get()
    page = open_page()

    def at(name: str) -> None:
        page.locator(f"html[data-ready] [name={name}]:focus").wait_for(state="attached")

    sign_in(page, found, "jia", live_server.url)
    page.goto(f"/judging/panels/{seat.pk}/")
    go = page.get_by_role("link", name="继续评分")
    for _ in range(200):
        if go.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for n in range(number):
        at("s-craft")
        page.keyboard.press("t" if n % 4 == 3 else str(n % 10))
        at("s-teach")
        page.keyboard.type("8.5")
        before = page.url
        with page.expect_navigation(wait_until="commit"):
            page.keyboard.press("Enter")
        assert page.url != before or n == number - 1
    page.goto(f"/judging/panels/{seat.pk}/")
    for words in ("提交评完的…", "提交，不能再改"):
        button = page.get_by_role("button", name=words)
        for _ in range(200):
            if button.evaluate("one => one === document.activeElement"):
                break
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
    page.get_by_text(f"已提交 {number} 份评分").wait_for()
    given = [one.scores for one in ScoreSheet.objects.filter(submitted_at__isnull=False).order_by("pk")]
    wanted = ["10" if n % 4 == 3 else str(n % 10) for n in range(number)]
    assert given == [{"craft": one, "teach": "8.5"} for one in wanted]
