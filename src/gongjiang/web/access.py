"""Every route declares who may call it; a route that declares nothing fails the tests.

What the person may see or do there is decided by the services, by grants.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import quote

from django.http import HttpRequest, HttpResponseBase

from gongjiang.web.carry import signed_out

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def public(view: View) -> View:
    """Anybody may call this."""
    view.access = "public"
    return view


def signed_in(view: View) -> View:
    """Only people who have signed in; others are led to the login and back, with what they posted."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return signed_out(request, quote(request.get_full_path()))
        return view(request, *args, **kwargs)

    guarded.access = "signed_in"
    return guarded  # type: ignore[return-value]
