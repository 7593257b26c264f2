"""Errors of services become pages that say what is wrong, where, and what to do."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.kernel.errors import GongjiangError


class SpeakingErrors:
    """A GongjiangError that a view didn't handle is shown as its own page, with its status."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only our own errors; anything else is a fault of the program."""
        if isinstance(error, GongjiangError):
            return render(request, "errors/refused.html", {"error": error}, status=error.status)
        return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address, or nothing there that this person may see."""
    return render(request, "errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: say so plainly, reveal nothing."""
    return render(request, "errors/broken.html", status=500)
