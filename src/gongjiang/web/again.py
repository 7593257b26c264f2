"""A form in a dialog that was refused: its page is shown again, the dialog open, everything typed still in it.

Every `{% dialog %}` posts which dialog it is and on which page it stands. A view lets the error of such a post rise
(`except told_here(request)` catches nothing then); SpeakingErrors asks for the page again, and the component finds
here what was typed and what was wrong.
"""

from copy import copy
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import Resolver404, resolve

from gongjiang.kernel.errors import GongjiangError

DIALOG: Final = "dialog"
PAGE: Final = "page"
SECRET: Final = frozenset({"password", "old", "new", "again"})
UNSEEN: Final = SECRET | {"csrfmiddlewaretoken", "next", "back", DIALOG, PAGE}
LONG: Final = 30


@dataclass
class Refusal:
    """What a dialog posted and why it was refused; `shown`: did the dialog stand on the page again?"""

    dialog: str
    typed: QueryDict
    error: GongjiangError
    shown: bool = False


def told_here(request: HttpRequest) -> tuple[type[GongjiangError], ...]:
    """What a view catches to tell it in its own way: all our errors, but none of a dialog's form."""
    return () if DIALOG in request.POST else (GongjiangError,)


def page_again(request: HttpRequest, error: GongjiangError) -> HttpResponse | None:
    """The page on which the refused dialog stands, as its person sees it now; None where it doesn't any more."""
    address = urlsplit(request.POST.get(PAGE, ""))
    if request.method != "POST" or not request.POST.get(DIALOG) or address.scheme or address.netloc:
        return None
    refusal = Refusal(request.POST[DIALOG], request.POST, error)
    try:
        view, args, kwargs = resolve(address.path)
        response = view(_asking(request, address.path, address.query, refusal), *args, **kwargs)
    except (Resolver404, Http404, GongjiangError):
        return None
    if not refusal.shown:
        return None
    response.status_code = error.status
    return response  # type: ignore[no-any-return]


def texts_typed(request: HttpRequest) -> list[str]:
    """Words of a refused form (not its keys and choices) for a page that can't show it again. Never passwords."""
    posted = [one.strip() for name, values in request.POST.lists() if name not in UNSEEN for one in values]
    return [one for one in posted if len(one) > 1 and (len(one) > LONG or not one.isascii())]


def _asking(request: HttpRequest, path: str, query: str, refusal: Refusal) -> Any:
    """The same person asking for the page at the same moment."""
    asking: Any = copy(request)
    asking.method, asking.path, asking.path_info = "GET", path, path
    asking.META = {**request.META, "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query}
    asking.GET, asking.POST = QueryDict(query), QueryDict()
    asking.resolver_match = resolve(path)
    asking.refusal = refusal
    return asking
