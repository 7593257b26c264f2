"""The fixtures see what they are there to see."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import path
from playwright.sync_api import Page
from tests.e2e.conftest import Complaints


def violating(_: HttpRequest) -> HttpResponse:
    """A page with an inline script, which the policy forbids."""
    answer = HttpResponse("<!doctype html><title>x</title><script>window.ran = true</script><h1>页</h1>")
    answer.headers["Content-Security-Policy"] = "default-src 'self'"
    return answer


urlpatterns = [path("violating/", violating)]
pytestmark = pytest.mark.urls(__name__)


def test_a_breach_of_the_policy_is_noticed(page: Page, complaints: Complaints) -> None:
    page.goto("/violating/")
    assert page.locator("h1").inner_text() == "页"
    assert page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in complaints)
    complaints.clear()


def test_a_phone_is_as_wide_as_a_phone(phone: Page, complaints: Complaints) -> None:
    phone.goto("/violating/")
    assert phone.evaluate("screen.width") == 390
    complaints.clear()


def test_two_pages_share_no_cookies(open_page: Callable[..., Page], complaints: Complaints) -> None:
    first, second = open_page(), open_page()
    first.goto("/violating/")
    second.goto("/violating/")
    first.context.add_cookies([{"name": "a", "value": "1", "url": first.url}])
    assert second.context.cookies() == []
    complaints.clear()
