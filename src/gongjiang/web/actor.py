"""Who is asking and when: the only place where a page reads the session and the clock."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from gongjiang.services.accounts.actor import Actor, actor_of, nobody


class ActorMiddleware:
    """Sets `request.at` (now) and `request.actor` (read when first used)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.at = timezone.localtime()
        request.actor = SimpleLazyObject(lambda: _actor(request))
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    if not request.user.is_authenticated:
        return nobody()
    return actor_of(request.user, request.at, request.session.get("grant"))
