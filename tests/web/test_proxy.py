"""Behind a web server the reader's address is the one that it says; without one nobody is believed."""

from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse

from gongjiang.web.proxy import RealAddress


@pytest.mark.parametrize(
    ("behind", "said", "seen"),
    [
        (True, "203.0.113.7", "203.0.113.7"),
        (True, "2001:db8::7", "2001:db8::7"),
        (True, "203.0.113.7, 10.0.0.1", "127.0.0.1"),
        (True, "", "127.0.0.1"),
        (False, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_address(settings: Any, behind: bool, said: str, seen: str) -> None:
    settings.BEHIND_PROXY = behind
    request = HttpRequest()
    request.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_REAL_IP": said}
    RealAddress(lambda _: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == seen
