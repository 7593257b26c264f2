"""Whose request it is, behind a web server that passes it on (docs/deployment.md)."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


class RealAddress:
    """REMOTE_ADDR is what the web server in front says (X-Real-IP), where the installation has one
    (`GONGJIANG_PROXY=1`); elsewhere the header is anybody's word and is not read."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get("X-Real-IP", "") if settings.BEHIND_PROXY else ""
        if said:
            with suppress(ValueError):  # not an address: who connected stays who asks
                request.META["REMOTE_ADDR"] = str(ip_address(said))
        return self.get_response(request)
