"""Signing in, choosing an identity, changing a password; the clock of a sample installation."""

import pytest
from django.test import Client
from tests.factories import AT, PASSWORD, World, opened_edition, small_world, with_password


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_the_door_shows_what_needs_no_login(world: World) -> None:
    answer = Client().get("/login/")
    assert answer.status_code == 200
    assert "望澜市总工会" in answer.content.decode()


def test_one_identity_goes_straight_to_what_waits(world: World) -> None:
    with_password(world.people["wen"])
    answer = Client().post("/login/", {"username": "Wen ", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/todo/")


def test_several_identities_are_asked_which(world: World) -> None:
    with_password(world.people["zhang"])
    client = Client()
    answer = client.post("/login/", {"username": "zhang", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/roles/")
    page = client.get("/roles/").content.decode()
    assert "选树工作领导小组办公室" in page
    second = world.people["zhang"].grants.order_by("id").last()
    assert client.post("/roles/", {"grant": second.pk})["Location"] == "/todo/"
    assert client.session["grant"] == second.pk


def test_the_address_asked_for_is_kept_but_never_a_foreign_one(world: World) -> None:
    with_password(world.people["wen"])
    answer = Client().get("/todo/?show=done")
    assert answer["Location"] == "/login/?next=/todo/%3Fshow%3Ddone"
    given = {"username": "wen", "password": PASSWORD}
    assert Client().post("/login/", {**given, "next": "/todo/?show=done"})["Location"] == "/todo/?show=done"
    assert Client().post("/login/", {**given, "next": "https://example.org/"})["Location"] == "/todo/"


def test_five_wrong_passwords_lock_the_account(world: World) -> None:
    with_password(world.people["wen"])
    client = Client()
    for left in (4, 3, 2, 1):
        answer = client.post("/login/", {"username": "wen", "password": "wrong"})
        assert answer.status_code == 422
        assert f"再错 {left} 次将锁定 15 分钟" in answer.content.decode()
    answer = client.post("/login/", {"username": "wen", "password": "wrong"})
    assert answer.status_code == 429
    assert "请 15 分钟后再试" in answer.content.decode()
    assert client.post("/login/", {"username": "wen", "password": PASSWORD}).status_code == 429


def test_signing_out_is_a_post(world: World) -> None:
    client = world.client("wen")
    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/")["Location"] == "/login/"
    assert client.get("/todo/").status_code == 302


def test_a_password_is_changed_with_the_old_one(world: World) -> None:
    with_password(world.people["wen"])
    client = world.client("wen")
    answer = client.post("/password/", {"old": "nonsense", "new": "a-longer-word-9", "again": "a-longer-word-9"})
    assert answer.status_code == 422
    assert "现在的密码不对" in answer.content.decode()
    short = client.post("/password/", {"old": PASSWORD, "new": "abc", "again": "abc"})
    assert "密码" in short.content.decode()
    assert short.status_code == 422
    answer = client.post("/password/", {"old": PASSWORD, "new": "a-longer-word-9", "again": "a-longer-word-9"})
    assert answer["Location"] == "/todo/"
    assert client.get("/todo/").status_code == 200


def test_the_sample_clock_moves_on_and_never_back(world: World) -> None:
    opened_edition(world)
    client = world.client("wen")
    assert "演示时钟：<b>2026年6月24日 星期三 10:00" in client.get("/todo/").content.decode()
    assert client.post("/clock/", {"by": "day", "back": "/todo/"})["Location"] == "/todo/"
    assert "2026年6月25日 星期四" in client.get("/todo/").content.decode()
    client.post("/clock/", {"by": "next"})
    assert "2026年7月1日 星期三 09:00" in client.get("/todo/").content.decode()
    client.post("/clock/", {"by": "to", "to": "2026-06-01T09:00"})
    page = client.get("/todo/").content.decode()
    assert "演示时钟只能往后拨" in page
    assert "2026年7月1日" in page


def test_the_clock_comes_back_to_a_page_that_can_be_asked_for(world: World) -> None:
    edition = opened_edition(world)
    client = world.client("wen")
    assert 'name="back" value="/todo/?show=late"' in client.get("/todo/?show=late").content.decode()
    stale = {"edition": edition.pk, "way": ""}
    answer = client.post("/nominations/new/", stale, headers={"referer": "http://testserver/nominations/?x=1"})
    assert 'name="back" value="/nominations/"' in answer.content.decode()
    answer = client.post("/nominations/new/", stale, headers={"referer": "http://testserver/nominations/new/"})
    assert 'name="back" value="/todo/"' in answer.content.decode()
    answer = client.post("/nominations/new/", stale, headers={"referer": "http://elsewhere.example/"})
    assert 'name="back" value="/todo/"' in answer.content.decode()


def test_a_real_clock_shows_no_strip(world: World) -> None:
    client = world.client("wen", at=None)
    assert "演示时钟" not in client.get("/todo/").content.decode()
    assert AT.year == 2026
