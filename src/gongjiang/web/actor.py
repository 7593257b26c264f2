"""Who is asking and when: the only place where a page reads the session and the clock."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongjiang.kernel.actor import Actor, nobody
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.programmes.clock import offset


class ActorMiddleware:
    """Sets `request.at` (now) and `request.actor` (read when first used)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.real_at = timezone.localtime()
        shift = offset()
        request.sample_clock = shift is not None
        request.at = request.real_at + (shift or timedelta())
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return nobody()
    return actor_of(request.user, request.at, request.session.get("grant"))
