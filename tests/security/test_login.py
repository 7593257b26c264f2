"""Signing in and staying in: lockout, one message for every failure, a fresh session, grants that end (TRUST 9)."""

from datetime import timedelta

from django.conf import settings
from django.test import Client
from tests.factories import AT, PASSWORD, with_password
from tests.security.visits import browser, visit
from tests.security.world import House

from gongjiang.models import Grant


def sign_in(client: Client, username: str, password: str) -> tuple[int, str]:
    answer = visit(client, "POST", "/login/", {"username": username, "password": password})
    return answer.status, answer.text


def test_five_failures_lock_with_a_chinese_message(place: House) -> None:
    user, client = with_password(place.user("filer.plant")), Client(raise_request_exception=False)
    told = [sign_in(client, user.username, f"wrong-{n}-wrong")[0] for n in range(settings.AXES_FAILURE_LIMIT)]
    status, text = sign_in(client, user.username, PASSWORD)
    assert told[:-1] == [422] * (settings.AXES_FAILURE_LIMIT - 1)
    assert status == 429
    assert "锁定" in text
    assert "_auth_user_id" not in client.session


def test_nobody_learns_which_accounts_exist(place: House) -> None:
    """A wrong password, an unknown account, a deactivated one and one without password: the same words."""
    with_password(place.user("filer.plant"))
    with_password(place.user("gone"))
    said = set()
    for username in ("filer.plant", "nobody-at-all", "gone", "officer.plant"):
        password = PASSWORD if username == "gone" else "wrong-wrong-wrong"
        status, text = sign_in(Client(raise_request_exception=False), username, password)
        said.add((status, text.split("账号或密码不对")[1][:30] if "账号或密码不对" in text else text[:80]))
    assert len(said) == 1


def test_the_session_changes_on_signing_in_and_ends_on_signing_out(place: House) -> None:
    user, client = with_password(place.user("filer.plant")), Client()
    client.get("/notices/")
    session = client.session
    session["kept"] = "before"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    before = session.session_key
    assert sign_in(client, user.username, PASSWORD)[0] == 302
    inside = client.session.session_key
    assert inside != before
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert visit(client, "POST", "/logout/", {}).status == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = inside
    assert visit(client, "GET", "/todo/").status == 302


def test_a_grant_taken_away_ends_with_the_next_request(place: House) -> None:
    client, case = browser(place, "officer.county"), place.filed["qualify"].case
    assert visit(client, "GET", f"/nominees/{case.pk}/").status == 200
    Grant.objects.filter(user=place.user("officer.county")).update(until=AT)
    assert visit(client, "GET", f"/nominees/{case.pk}/").status == 404
    assert visit(client, "GET", f"/files/{place.files['qualify'].pk}/").status == 404
    assert visit(client, "POST", f"/nominees/{case.pk}/move/", {"stage": "qualify", "action": "pass"}).status == 404


def test_a_grant_that_has_not_begun_gives_nothing(place: House) -> None:
    client, case = browser(place, "officer.county"), place.filed["qualify"].case
    Grant.objects.filter(user=place.user("officer.county")).update(since=AT + timedelta(days=2))
    assert visit(client, "GET", f"/nominees/{case.pk}/").status == 404


def test_a_deactivated_account_is_out_at_once(place: House) -> None:
    client, user = browser(place, "officer.county"), place.user("officer.county")
    assert visit(client, "GET", "/todo/").status == 200
    user.is_active = False
    user.save()
    try:
        assert visit(client, "GET", "/todo/").status == 302
    finally:
        user.is_active = True


def test_a_chosen_identity_must_be_ones_own(place: House) -> None:
    client = browser(place, "filer.plant")
    other = Grant.objects.get(user=place.user("officer.city"))
    visit(client, "POST", "/roles/", {"grant": str(other.pk)})
    assert client.session.get("grant") != other.pk


def test_a_changed_password_ends_other_sessions(place: House) -> None:
    user = with_password(place.user("filer.plant"))
    here, there = browser(place, "filer.plant"), browser(place, "filer.plant")
    fresh = "another-pass-2026"
    answer = visit(here, "POST", "/password/", {"old": PASSWORD, "new": fresh, "again": fresh})
    assert answer.status == 302
    assert visit(here, "GET", "/todo/").status == 200
    assert visit(there, "GET", "/todo/").status == 302
    user.refresh_from_db()
