"""Units and accounts in the pages of an administrator."""

import pytest
from tests.factories import World, small_world

from gongjiang.models import Organisation, User


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_a_unit_is_added_and_wrong_input_kept(world: World) -> None:
    client = world.client("guan")
    base = f"/organisations/{world['county'].pk}/"
    answer = client.post(f"{base}add/", {"name": "青屿印染厂", "level": "employer", "kind": "enterprise"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "“青屿印染厂”已经存在" in page
    assert 'value="青屿印染厂"' in page
    group = Organisation.objects.create(
        name="望澜集团", short_name="望澜集团", level="employer", kind="group", path="/99/"
    )
    given = {"name": "新厂", "level": "employer", "kind": "enterprise", "corp_group": group.pk}
    assert client.post(f"{base}add/", given).status_code == 302
    made = Organisation.objects.get(name="新厂")
    assert (made.parent, made.corp_group, made.path) == (world["county"], group, f"{world['county'].path}{made.pk}/")
    assert "新厂" in client.get(base).content.decode()


def test_an_account_is_opened_granted_and_taken_back(world: World) -> None:
    client = world.client("guan")
    base = f"/organisations/{world['plant'].pk}/"
    given = {"username": "xin", "full_name": "辛任", "password": "short", "role": "filer"}
    answer = client.post(f"{base}people/", given)
    assert answer.status_code == 422
    assert "辛任" in answer.content.decode()
    assert not User.objects.filter(username="xin").exists()
    client.post(f"{base}people/", {**given, "password": "first-word-2026"})
    made = User.objects.get(username="xin")
    client.post(f"{base}grants/", {"username": "xin", "role": "officer"})
    assert set(made.grants.values_list("role", flat=True)) == {"filer", "officer"}
    missing = client.post(f"{base}grants/", {"username": "nobody", "role": "officer"})
    assert "没有这个账号" in missing.content.decode()
    held = made.grants.get(role="officer")
    client.post(f"{base}revoke/", {"grant": held.pk})
    held.refresh_from_db()
    assert held.until is not None
    client.post(f"{base}lock/", {"user": made.pk, "active": "no"})
    made.refresh_from_db()
    assert not made.is_active
    client.post(f"{base}password/", {"user": made.pk, "password": "second-word-2026"})
    made.refresh_from_db()
    assert made.check_password("second-word-2026")


def test_search_finds_only_what_one_sees(world: World) -> None:
    page = world.client("guan").get("/organisations/?q=总工会").content.decode()
    assert "青屿区总工会" in page
    assert "远岸区总工会" not in page
