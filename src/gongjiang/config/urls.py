"""All addresses: each room of the web floor brings its own `urls`, found by name."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver, include, path

import gongjiang.web


def _rooms() -> list[URLPattern | URLResolver]:
    """`urls` of every room, in the order of their names; a room without one is skipped."""
    found: list[URLPattern | URLResolver] = []
    for info in iter_modules(gongjiang.web.__path__):
        name = f"gongjiang.web.{info.name}.urls"
        if info.ispkg and find_spec(name) is not None:
            found.append(path("", include(import_module(name))))
    return found


urlpatterns = _rooms()
handler404 = "gongjiang.web.errors.not_found"
handler500 = "gongjiang.web.errors.broken"
