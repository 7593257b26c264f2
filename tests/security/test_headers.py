"""Headers of what is no page of a room: static files, errors, refusals (pages themselves: test_matrix.py)."""

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from django.test.utils import override_settings
from tests.security.visits import browser, visit
from tests.security.world import House

POLICY = {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'self'"}


def strict(headers: dict[str, str]) -> None:
    policy = {one.strip() for one in headers["Content-Security-Policy"].split(";")}
    assert policy >= POLICY
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] in {"DENY", "SAMEORIGIN"}
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("url", "status"), [("/", 200), ("/login/", 200), ("/no-such-page/", 404), ("/nominees/1/", 302), ("/logout/", 302)]
)
def test_every_answer_is_strict(place: House, url: str, status: int) -> None:
    answer = visit(Client(raise_request_exception=False), "GET", url)
    assert answer.status == status
    strict(dict(answer.headers))


def test_a_refusal_is_strict(place: House) -> None:
    answer = visit(browser(place, "filer.dyeing"), "GET", f"/nominees/{place.filed['qualify'].case.pk}/")
    assert answer.status == 404
    strict(dict(answer.headers))


@override_settings(ROOT_URLCONF="tests.security.broken")
def test_a_fault_is_strict_and_tells_nothing() -> None:
    answer = visit_plain("/broken/")
    assert answer.status_code == 500
    strict(dict(answer.headers))
    assert "机密" not in answer.content.decode()
    assert "Traceback" not in answer.content.decode()


def visit_plain(url: str):  # type: ignore[no-untyped-def]
    return Client(raise_request_exception=False).get(url)


def test_static_files_are_strict(db: None) -> None:
    assert finders.find("css/base.css")
    answer = Client().get(f"{settings.STATIC_URL}css/base.css")
    assert answer.status_code == 200
    strict(dict(answer.headers))


def test_cookies_are_kept_from_scripts_and_other_sites(db: None) -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
    assert settings.CSRF_COOKIE_SAMESITE == "Lax"
    assert not settings.DEBUG
