"""At the door of a one-time link: wrong tokens are counted by address, right ones by link, and nothing is kept by
browsers or caches."""

from collections.abc import Callable
from typing import Final, TypeVar

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse

from gongjiang.kernel.errors import GongjiangError, NotFound
from gongjiang.services.invitations.make import digest_of

A_MINUTE: Final = 60
WRONG: Final = 40
"""Tokens that never were, a minute from one address. A right one is let in all the same: behind one address may be a
whole bureau, or the proxy before this server."""
LOOKS: Final = 60
"""Requests a minute with one right token."""
Wanted = TypeVar("Wanted")


class TooOften(GongjiangError):
    """Wait a minute."""

    status = 429


def let_in(request: HttpRequest, token: str, find: Callable[[], Wanted]) -> Wanted:
    """What a token asks, found by `find`. TooOften above the bounds, NotFound for a token that never was."""
    try:
        found = find()
    except NotFound:
        _count(f"knock:{request.META.get('REMOTE_ADDR', '')}", WRONG)
        raise
    _count(f"link:{digest_of(token)}", LOOKS)
    return found


def _count(key: str, most: int) -> None:
    cache.add(key, 0, A_MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # it ran out between the two
        count = 1
    if count > most:
        raise TooOften("此刻打开得太频繁，请过一分钟再试。", "Too often; wait a minute.")


def private(response: HttpResponse) -> HttpResponse:
    """The page of one person: kept by nobody, its address told to nobody, found by no search engine."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "same-origin"  # no-referrer would make a browser post from nowhere
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
