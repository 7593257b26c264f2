"""What helps to try out a sample installation, and nothing of it in a real one."""

from datetime import date
from io import BytesIO

import pytest
from tests.factories import World, small_world

from gongjiang.kernel.identity_number import parse
from gongjiang.services.samples.aids import PAPERS, numbers
from gongjiang.services.samples.load import accounts

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def test_accounts_numbers_and_files_are_at_hand(world: World) -> None:
    client = world.client("wen")
    assert 'href="/sample/"' in client.get("/todo/").content.decode()
    page = client.get("/sample/").content.decode()
    assert all(account in page for account, _, _ in accounts())
    assert all(one.id_number in page and one.mobile in page for one in numbers())
    for one in PAPERS:
        answer = client.get(f"/sample/{one.name}")
        assert (answer.status_code, answer["Content-Type"]) == (200, one.kind)
        assert answer["Content-Disposition"] == f'attachment; filename="{one.name}"'
        assert BytesIO(answer.content).getbuffer().nbytes > 100


def test_a_real_installation_has_none_of_it(world: World) -> None:
    client = world.client("wen", at=None)
    assert client.get("/sample/").status_code == 404
    assert client.get("/sample/photo.jpg").status_code == 404
    assert "演示用品" not in client.get("/todo/").content.decode()


def test_numbers_are_valid_in_form_and_each_person_has_their_own() -> None:
    found = numbers()
    assert len({one.id_number for one in found} | {one.mobile for one in found}) == 2 * len(found)
    assert all(parse(one.id_number, on=date(2026, 6, 24)).birth == one.birth for one in found)
