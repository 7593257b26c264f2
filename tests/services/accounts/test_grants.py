"""Accounts and grants: who may give and take them; a grant taken back is refused at the next request."""

from datetime import timedelta

import pytest
from tests.factories import AT, World, small_world

from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound
from gongjiang.models import Entry, Grant
from gongjiang.services.accounts.grants import grant, open_with_grant, revoke
from gongjiang.services.accounts.people import create_user, reset_password, set_active
from gongjiang.services.accounts.queries import get_user, standing_grants, visible_to


@pytest.fixture
def world(db: None) -> World:
    return small_world()


def test_an_administrator_opens_accounts_under_their_unit(world: World) -> None:
    made = open_with_grant(
        actor=world.actor("guan"),
        at=AT,
        organisation=world["plant"],
        username="xinren",
        full_name="辛任",
        password="first-word-2026",
        role="filer",
    )
    assert [(one.role, one.organisation) for one in made.grants.all()] == [("filer", world["plant"])]
    assert made.check_password("first-word-2026")
    assert list(Entry.objects.order_by("seq").values_list("action", flat=True))[-2:] == ["user.create", "grant.give"]


def test_not_in_other_peoples_units(world: World) -> None:
    with pytest.raises(NotFound):
        open_with_grant(
            actor=world.actor("guan"),
            at=AT,
            organisation=world["far_plant"],
            username="xinren",
            full_name="辛任",
            password="first-word-2026",
            role="filer",
        )
    assert not Grant.objects.filter(user__username="xinren").exists()
    with pytest.raises(NotFound):
        grant(actor=world.actor("wen"), at=AT, user=world.people["lan"], organisation=world["plant"], role="officer")


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"username": "温"}, "账号"),
        ({"username": "wen"}, "账号"),
        ({"password": "short"}, "新密码"),
        ({"password": "1234567890123"}, "新密码"),
        ({"full_name": ""}, "姓名"),
    ],
)
def test_what_is_wrong_is_named(world: World, change: dict[str, str], place: str) -> None:
    given = {"username": "xinren", "full_name": "辛任", "password": "first-word-2026"} | change
    with pytest.raises(BadInput) as error:
        create_user(actor=platform(), at=AT, **given)
    assert error.value.place == place


def test_a_grant_taken_back_ends_at_once(world: World) -> None:
    held = Grant.objects.get(user=world.people["lan"])
    revoke(actor=world.actor("guan"), at=AT, grant_id=held.pk)
    assert world.actor("lan", AT).grants == ()
    assert len(world.actor("lan", AT - timedelta(seconds=1)).grants) == 1
    with pytest.raises(NotFound):
        revoke(actor=world.actor("guan"), at=AT, grant_id=held.pk)


def test_nobody_takes_away_or_locks_their_own(world: World) -> None:
    held = Grant.objects.get(user=world.people["guan"])
    with pytest.raises(BadInput):
        revoke(actor=world.actor("guan"), at=AT, grant_id=held.pk)
    with pytest.raises(BadInput):
        set_active(actor=world.actor("guan"), at=AT, user=world.people["guan"], active=False)


def test_system_administrators_are_made_by_their_like(world: World) -> None:
    lan = world.people["lan"]
    with pytest.raises(NotAllowed):
        grant(actor=world.actor("guan"), at=AT, user=lan, organisation=world["county"], role="system_admin")
    made = grant(actor=world.actor("xi"), at=AT, user=lan, organisation=world["county"], role="system_admin")
    with pytest.raises(NotAllowed):
        revoke(actor=world.actor("guan"), at=AT, grant_id=made.pk)


def test_the_same_grant_stands_once(world: World) -> None:
    with pytest.raises(BadInput) as error:
        grant(actor=world.actor("xi"), at=AT, user=world.people["lan"], organisation=world["plant"], role="filer")
    assert error.value.text == "兰报材已经有这个身份。"


def test_a_password_is_reset_only_by_who_runs_all_of_the_persons_units(world: World) -> None:
    reset_password(actor=world.actor("guan"), at=AT, user=world.people["lan"], password="another-word-26")
    world.people["lan"].refresh_from_db()
    assert world.people["lan"].check_password("another-word-26")
    with pytest.raises(NotFound):
        reset_password(actor=world.actor("guan"), at=AT, user=world.people["zhang"], password="another-word-26")


def test_who_sees_whom(world: World) -> None:
    seen = set(visible_to(world.actor("guan")).values_list("username", flat=True))
    assert seen == {"guan", "wen", "jiang", "ke", "lan", "yin"}
    assert set(visible_to(world.actor("wen")).values_list("username", flat=True)) == {"wen"}
    with pytest.raises(NotFound):
        get_user(world.actor("guan"), world.people["zhang"].pk)
    assert [one.user.username for one in standing_grants(world["county"].pk, AT)] == ["jiang", "wen", "guan"]
