"""An address with a fault of ours behind it, for test_headers.py."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from gongjiang.config import urls


def fault(request: HttpRequest) -> HttpResponse:
    """What a program error looks like from outside."""
    raise RuntimeError("机密：数据库在哪里")


urlpatterns = [*urls.urlpatterns, path("broken/", fault)]
handler404 = urls.handler404
handler500 = urls.handler500
