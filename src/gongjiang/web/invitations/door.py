"""At the door of a one-time link: so many looks a minute from one address, and nothing kept by browsers or caches."""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from gongjiang.kernel.errors import GongjiangError

A_MINUTE: Final = 60
LOOKS: Final = 40
"""Requests a minute from one address, for all links together; a bureau behind one address is many people."""


class TooOften(GongjiangError):
    """Wait a minute."""

    status = 429


def knock(request: HttpRequest) -> None:
    """Count this request. TooOften above the bound."""
    key = f"knock:{request.META.get('REMOTE_ADDR', '')}"
    cache.add(key, 0, A_MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        count = 1
    if count > LOOKS:
        raise TooOften("此刻打开得太频繁，请过一分钟再试。", "Too often; wait a minute.")


def private(response: HttpResponse) -> HttpResponse:
    """The page of one person: kept by nobody, its address told to nobody, found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
