"""What every page's frame shows: who is here, where they may go, which edition they look at."""

from datetime import timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone

from gongjiang.kernel.actor import Actor, nobody
from gongjiang.kernel.dates import long_date
from gongjiang.services.accounts.queries import ROLE_LABELS
from gongjiang.services.messages.queries import unread
from gongjiang.services.reports.todo.desk import desk_of
from gongjiang.services.reports.todo.item import Desk
from gongjiang.services.reports.todo.scope import Scope, scope_of
from gongjiang.web.navigation import navigation, part_editions
from gongjiang.web.places import place

WEEKDAYS = "一二三四五六日"


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context of the layouts (see templates/layouts). A fixed number of queries, and none on pages whose layout
    shows no rooms (errors) or of people who haven't signed in."""
    actor: Actor = getattr(request, "actor", nobody())
    found: dict[str, Any] = {
        "actor": actor,
        "large_type": request.COOKIES.get("type") == "large",
        "brand_url": "/todo/" if actor.user_id else "/",
        "public_nav": public_nav(request),
    }
    if actor.user_id is None:
        return found
    return found | {
        "nav": cache(lambda: navigation(request, actor, *desk_for(request))),
        "me": cache(lambda: me(actor, unread(actor))),
        "edition_switch": cache(lambda: edition_switch(request, *desk_for(request))),
        "clock": sample_clock(request),
    }


def desk_for(request: HttpRequest) -> tuple[Scope, Desk]:
    """The scope and desk of this request's person, read once a request."""
    kept = getattr(request, "_desk", None)
    if kept is None:
        scope = scope_of(request.actor, request.at)
        kept = (scope, desk_of(request.actor, request.at, scope))
        request._desk = kept
    return kept


def current_edition(request: HttpRequest) -> int | None:
    """The edition chosen in the top bar, if it is one that the person has a part in."""
    chosen = request.session.get("edition")
    return chosen if any(one.pk == chosen for one in part_editions(*desk_for(request))) else None


def me(actor: Actor, messages: int) -> dict[str, Any]:
    """Who is here and their menu."""
    active = actor.active
    roles = [one.role for one in actor.grants if active and one.organisation_id == active.organisation_id]
    inbox = f"消息 {messages}" if messages else "消息"
    own = [{"label": "切换身份", "url": "/roles/"}, {"label": "委托代办", "url": "/delegations/"}] if active else []
    menu = [
        {"label": inbox, "url": "/messages/"},
        *own,
        {"label": "修改密码", "url": "/password/"},
        {"label": "退出", "url": "/logout/", "post": True},
    ]
    return {
        "name": actor.name,
        "organisation": active.organisation if active else "",
        "role_label": "、".join(dict.fromkeys(ROLE_LABELS[one] for one in roles)),
        "menu": menu,
    }


def edition_switch(request: HttpRequest, scope: Scope, desk: Desk) -> dict[str, Any] | None:
    """The editions one has a part in; choosing one narrows 待办 to it."""
    editions = part_editions(scope, desk)
    if not editions:
        return None
    chosen = request.session.get("edition")
    current = next((one for one in editions if one.pk == chosen), editions[0] if len(editions) == 1 else None)
    items = [
        {"label": one.title, "url": f"/todo/?edition={one.pk}", "current": current is not None and one.pk == current.pk}
        for one in editions
    ]
    if len(editions) > 1:
        items.append({"label": "全部届次", "url": "/todo/?edition=all", "current": current is None})
    return {
        "current_label": current.title if current else "全部届次",
        "stage_label": str(current.get_state_display()) if current else f"{len(editions)} 届",
        "items": items,
    }


def public_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """What needs no login."""
    signed = not request.actor.anonymous if hasattr(request, "actor") else False
    rooms = [
        ("公示", place("public-notices-list")),
        ("工匠名册", place("honours-register")),
        ("工匠风采", place("profiles")),
        ("证书查验", place("honours-check")),
        ("异议进展", place("objections-follow")),
        ("登录", "" if signed else "/login/"),
        ("待办", "/todo/" if signed else ""),
    ]
    return [{"label": label, "url": url, "current": request.path == url} for label, url in rooms if url]


def sample_clock(request: HttpRequest) -> dict[str, Any] | None:
    """The clock of a sample installation as the strip shows it; None where the clock is real."""
    if not getattr(request, "sample_clock", False):
        return None
    now = timezone.localtime(request.at)
    return {
        "said": f"{long_date(now)} 星期{WEEKDAYS[now.weekday()]} {now:%H:%M}",
        "value": f"{now + timedelta(minutes=1):%Y-%m-%dT%H:%M}",
        "back": page_behind(request),
    }


def page_behind(request: HttpRequest) -> str:
    """The address to come back to: this page's, or where a form was posted from, for what answers a post can't be
    asked for again."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came = urlsplit(request.headers.get("Referer", ""))
    return came.path if came.netloc == request.get_host() and came.path != request.path else "/todo/"
