"""An expert declares, scores and hands in; the office decides the list: in a real browser."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.factories import AT
from tests.services.rounds.ground import NAMES, Ground, ground

from gongjiang.models import Assignment, Expert, ScoreSheet, StageList

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SHOTS = os.environ.get("GONGJIANG_SHOTS", "")
TOTALS = {"何焊平": "9", "岑铸山": "8.5", "丁砺锋": "8", "温测微": "6", "马驭程": "6", "石守窑": "4"}


def shoot(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=str(Path(SHOTS) / f"{name}.png"), full_page=True)


def sign_in(page: Page, found: Ground, username: str, base: str) -> None:
    cookie = found.world.client(username, AT).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": base}])


def with_deeds(found: Ground) -> None:
    for name, case in found.cases.items():
        case.values |= {
            "deeds": f"{name}扎根一线二十余年，先后解决车间难题三十余项，编写操作法四套，带出技师十一名。" * 4,
            "trade": "电焊工",
            "post": "班组长",
        }
        case.save(update_fields=["values"])


def test_an_expert_declares_scores_and_hands_in(
    open_page: Callable[..., Page], live_server: Any, complaints: Any
) -> None:
    found = ground()
    for name in NAMES[:6]:
        found.add(name)
    with_deeds(found)
    found.seat("jia", "yi", declared=False)
    found.assign()
    page = open_page()
    sign_in(page, found, "jia", live_server.url)
    page.goto("/judging/")
    shoot(page, "judging-seats")
    page.get_by_role("link", name="申明与保密").click()
    shoot(page, "judging-declare")
    page.get_by_label("亲属的姓名").fill("石守窑")
    page.get_by_label("我已阅读并遵守以上纪律").check()
    page.get_by_role("button", name="确认，打开人选").click()
    assert page.get_by_text("与人选有亲属关系").is_visible()
    shoot(page, "judging-queue")
    page.get_by_role("link", name="继续评分").click()
    page.get_by_role("link", name="事迹").click()
    digits = page.locator("[data-digits] input[value='9']")
    digits.first.check(force=True)
    page.get_by_label("传艺，满分 10").fill("8.5")
    page.get_by_text("已保存").wait_for()
    assert page.locator("[data-total]").inner_text() == "17.5"
    shoot(page, "judging-sheet")
    page.get_by_role("button", name="提交", exact=True).click()
    page.get_by_text("的评分已提交").wait_for()
    assert ScoreSheet.objects.get(submitted_at__isnull=False).scores == {"craft": "9", "teach": "8.5"}
    page.get_by_label("传艺，满分 10").fill("10.3")
    page.get_by_role("button", name="保存，下一件").click()
    page.get_by_text("不能高于10分").first.wait_for()
    assert page.get_by_label("传艺，满分 10").input_value() == "10.3"
    complaints.forgive("400 (Bad Request)")
    page.get_by_text("有一项没有保存").wait_for()  # what was typed comes back, and is tried again
    complaints.forgive("422 (Unprocessable Entity)")
    small = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    sign_in(small, found, "jia", live_server.url)
    small.goto("/judging/")
    shoot(small, "judging-seats-390")
    small.goto(f"/judging/panels/{Expert.objects.get(user__username='jia').pk}/")
    shoot(small, "judging-queue-390")
    small.goto(f"/judging/{Assignment.objects.filter(state='assigned').order_by('pk').first().pk}/")  # type: ignore[union-attr]
    shoot(small, "judging-sheet-390")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    assert Expert.objects.get(user__username="jia").declared["kin"] == ["石守窑"]


def test_the_office_decides_the_list(open_page: Callable[..., Page], live_server: Any, complaints: Any) -> None:
    found = ground()
    for name in TOTALS:
        found.add(name, values={"years_in_trade": "22" if name == "岑铸山" else "12"})
    found.seat("jia", "yi")
    found.assign()
    found.score(TOTALS)
    page = open_page()
    sign_in(page, found, "yan", live_server.url)
    at = f"/editions/{found.edition.pk}/stages/panel/"
    page.goto(at)
    shoot(page, "rounds-open")
    small = open_page(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    sign_in(small, found, "yan", live_server.url)
    small.goto(at)
    shoot(small, "rounds-open-390")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    small.goto(f"{at}panel/")
    shoot(small, "panel-390")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    page.goto(f"{at}panel/")
    shoot(page, "panel")
    page.goto(at)
    page.get_by_label("到会").fill("严审定、章有序")
    page.get_by_role("button", name="核对名单").click()
    page.get_by_text("名单还不能确定").wait_for()
    complaints.forgive("409 (Conflict)")
    assert page.get_by_label("到会").input_value() == "严审定、章有序"
    page.get_by_label("理由", exact=True).first.fill("本批申报以男职工为主，会议同意")
    page.get_by_role("button", name="核对名单").click()
    page.get_by_role("heading", name="核对名单").wait_for()
    shoot(page, "rounds-confirm")
    page.get_by_role("button", name="确定名单").click()
    page.get_by_text("的名单已经确定，共 5 人").wait_for()
    shoot(page, "rounds-closed")
    units = f"/editions/{found.edition.pk}/stages/recommend/"
    found.add("屈调频", "recommend")
    page.goto(units)
    shoot(page, "rounds-units")
    page.goto(f"{units}?group=青屿区")
    shoot(page, "rounds-unit")
    small.goto(at)
    shoot(small, "rounds-closed-390")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    assert StageList.objects.get(stage="panel").kept == 5
