"""What was typed outlives the login: posted while signed out, or with a token of an earlier login."""

import html
import re

import pytest
from django.test import Client
from tests.factories import PASSWORD, World, small_world, with_password

from gongjiang.web.carry import pairs_of

TYPED = {"value": "2026", "text": "从事焊接\n二十六年 </textarea><b>&", "box": ["1", "2"]}


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def hidden(page: str) -> dict[str, list[str]]:
    """What the page would post, as a browser reads it: the first line break of a box for text is not part of it."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<textarea name="([^"]+)" hidden[^>]*>\n(.*?)</textarea>', page, re.S):
        found.setdefault(html.unescape(name), []).append(html.unescape(value))
    return found


def test_typed_while_signed_out_and_handed_in_after_the_login(world: World) -> None:
    client = Client()
    led = client.post("/delegations/?a=1", TYPED)
    page = led.content.decode()
    assert led.status_code == 401
    assert led["Cache-Control"] == "no-store"
    assert "登录已过期" in page
    kept = hidden(page)["kept"][0]
    assert pairs_of(kept) == [("value", "2026"), ("text", TYPED["text"]), ("box", "1"), ("box", "2")]
    user = with_password(world.people["wen"])
    sent = {"next": "/delegations/?a=1", "kept": kept, "username": user.username}
    wrong = client.post("/login/", sent | {"password": "不是这个"})
    assert hidden(wrong.content.decode())["kept"] == [kept]
    again = client.post("/login/", sent | {"password": PASSWORD})
    page = again.content.decode()
    assert 'action="/delegations/?a=1"' in page
    assert hidden(page) == {"value": ["2026"], "text": [TYPED["text"]], "box": ["1", "2"]}


@pytest.mark.django_db
def test_nothing_typed_is_led_to_the_login_and_script_is_told_so() -> None:
    assert Client().post("/delegations/")["Location"] == "/login/?next=/delegations/"
    asked = Client().post("/delegations/", {"text": "x"}, headers={"Accept": "application/json"})
    assert asked.status_code == 401
    assert asked.json() == {"text": "登录已过期，请重新登录后再办。"}


@pytest.mark.django_db
def test_passwords_do_not_travel() -> None:
    page = Client().post("/password/", {"old": "旧密码一", "new": "新密码二", "again": "新密码二", "x": "1"})
    assert pairs_of(hidden(page.content.decode())["kept"][0]) == [("x", "1")]


def test_a_token_of_an_earlier_login_is_offered_again_but_only_from_our_own_pages(world: World) -> None:
    client = world.client("wen")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    refused = strict.post("/delegations/", TYPED, headers={"Origin": "http://testserver"})
    assert refused.status_code == 403
    assert "刚才填的还在" in refused.content.decode()
    assert hidden(refused.content.decode())["text"] == [TYPED["text"]]
    for origin in ("https://evil.example", ""):
        away = strict.post("/delegations/", TYPED, headers={"Origin": origin} if origin else {})
        assert away.status_code == 403
        assert "二十六年" not in away.content.decode()
        assert "没有带上本站的校验码" in away.content.decode()


@pytest.mark.parametrize("kept", ["", "{}", "[1]", '["a"]', '[["a"]]', '[["a", 1]]', "[[", "null"])
def test_what_was_not_kept_by_us_is_nothing(kept: str) -> None:
    assert pairs_of(kept) == []
