"""A large file through the browser's addresses: parts, the page that tells how far it is, refusals as JSON."""

import pytest
from django.test import Client
from tests.factories import World, case_at, opened_edition, small_world
from tests.rules.evidence import samples

from gongjiang.models import Case, File, PartialUpload
from gongjiang.services.evidence.parts import PART

pytestmark = [pytest.mark.django_db, pytest.mark.once]
BODY = samples.film(200) + samples.box(b"free", b"x" * (PART + 1000))


@pytest.fixture
def world() -> World:
    return small_world()


@pytest.fixture
def case(world: World) -> Case:
    return case_at(world, opened_edition(world), "apply")


def begin(client: Client, case: Case, size: int = len(BODY)) -> dict[str, object]:
    asked = {"attachment": "video", "name": "绝活.mp4", "size": size, "head": "0123abcd", "title": "氩弧焊"}
    answer = client.post(f"/nominations/{case.pk}/files/begin/", asked)
    return {"status": answer.status_code, **answer.json()}


def put(client: Client, url: object, offset: object, body: bytes) -> dict[str, object]:
    answer = client.put(str(url), body, "application/octet-stream", headers={"Upload-Offset": str(offset)})
    return {"status": answer.status_code, **answer.json()}


def test_a_film_in_two_parts_with_the_page_closed_between(world: World, case: Case) -> None:
    client = world.client("lan")
    place = begin(client, case)
    assert (place["offset"], place["part"]) == (0, PART)
    assert put(client, place["url"], 0, BODY[:PART])["offset"] == PART
    page = client.get(f"/nominations/{case.pk}/form/material/").content.decode()
    assert "“绝活.mp4”传到 99%（4.2 / 4.2 MB）" in page
    assert "不传了" in page
    place = begin(world.client("lan"), case)
    assert place["offset"] == PART
    assert put(client, place["url"], PART, BODY[PART:])["offset"] == len(BODY)
    answer = client.post(f"{place['url']}finish/")
    assert answer.json() == {"url": f"/nominations/{case.pk}/form/material/#f-video"}
    row = File.objects.get()
    assert (row.title, row.name, row.seconds, row.size) == ("氩弧焊", "绝活.mp4", 200, len(BODY))


@pytest.mark.parametrize(
    ("offset", "body", "status"),
    [("0", b"x", 400), ("7", b"x", 409), ("", b"x", 409), ("-1", b"x", 409), ("9" * 30, b"x", 409)],
)
def test_what_is_not_the_next_part(world: World, case: Case, offset: str, body: bytes, status: int) -> None:
    client = world.client("lan")
    place = begin(client, case)
    answer = put(client, place["url"], offset, body)
    assert answer["status"] == status
    assert "text" in answer
    assert answer.get("offset", 0) == 0
    assert PartialUpload.objects.get().received == 0


def test_others_get_nothing(world: World, case: Case) -> None:
    place = begin(world.client("lan"), case)
    stranger = world.client("yin")
    assert put(stranger, place["url"], 0, BODY[:PART])["status"] == 404
    assert stranger.post(f"{place['url']}finish/").status_code == 404
    assert stranger.post(f"{place['url']}give-up/").status_code == 404
    assert begin(stranger, case)["status"] == 404
    assert world.client(None).put(str(place["url"])).status_code == 302


def test_what_is_too_large_is_said_at_once(world: World, case: Case) -> None:
    answer = begin(world.client("lan"), case, 600_000_000)
    assert answer["status"] == 400
    assert "“绝活.mp4”有 600.0 MB，最多 500 MB" in str(answer["text"])


def test_without_the_token_of_the_page_nothing_is_taken(world: World, case: Case) -> None:
    place = begin(world.client("lan"), case)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.people["lan"], backend="django.contrib.auth.backends.ModelBackend")
    answer = strict.put(str(place["url"]), BODY[:PART], "application/octet-stream", headers={"Upload-Offset": "0"})
    assert answer.status_code == 403


def test_given_up(world: World, case: Case) -> None:
    client = world.client("lan")
    place = begin(client, case)
    put(client, place["url"], 0, BODY[:PART])
    answer = client.post(f"{place['url']}give-up/", follow=True)
    assert "“绝活.mp4”不传了" in answer.content.decode()
    assert not PartialUpload.objects.exists()
