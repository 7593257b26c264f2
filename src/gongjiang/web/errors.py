"""Errors of services become pages that say what is wrong, where, and what to do."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongjiang.kernel.errors import BadInput, GongjiangError, Refused
from gongjiang.web.again import page_again, texts_typed

ONLY_SENT = Refused(
    "这个地址只接收提交的内容，不能直接打开。请回到原来的页面再办一次。", "This address only takes what is sent."
)
NUL = BadInput("提交的内容里有看不见的控制字符（U+0000），请删去后重试。", "The input has a NUL character.")
UNFIT = BadInput("有一项内容太长，或含有无法保存的字符，请改短后重试。", "A value is too long or can't be stored.")


class SpeakingErrors:
    """A GongjiangError that a view didn't handle is shown as its own page, with its status and with what was typed; if
    it met a form in a dialog, the page of the dialog is shown again.

    So is an address that only takes what a form sends, opened by itself (after signing in again, from a bookmark), and
    text that no database can hold: PostgreSQL refuses NUL and what is longer than its column.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            allowed = response.headers.get("Allow", "")
            response = render(request, "errors/refused.html", {"error": ONLY_SENT}, status=response.status_code)
            response.headers["Allow"] = allowed
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Before any page reads the parameters."""
        given = [*request.GET.lists(), *request.POST.lists()]
        texts = [*kwargs.values(), *(name for name, _ in given), *(one for _, values in given for one in values)]
        if any("\0" in one for one in texts if isinstance(one, str)):
            return self.process_exception(request, NUL)
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Only our own errors; anything else is a fault of the program."""
        if isinstance(error, DataError):
            error = UNFIT
        if isinstance(error, GongjiangError):
            again = page_again(request, error)
            if again is not None:
                return again
            context = {"error": error, "typed": texts_typed(request)}
            return render(request, "errors/refused.html", context, status=error.status)
        return None


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such address, or nothing there that this person may see."""
    return render(request, "errors/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """A fault of ours: say so plainly, reveal nothing."""
    return render(request, "errors/broken.html", status=500)
