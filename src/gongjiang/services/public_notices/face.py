"""The public page of a notice, drawn for nobody in particular: the same for every reader of a day."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from gongjiang.services.public_notices.export import CONTACT
from gongjiang.services.public_notices.pages import NoticePage
from gongjiang.services.public_notices.present import COLUMNS, ordered_by, sections, short_date, strip

PAGE = "public_notices/page.html"
GONE = "public_notices/gone.html"


def context_of(page: NoticePage) -> dict[str, Any]:
    """What the page of a notice shows on `page.today`."""
    shown = page.notice
    # whoever was struck is not shown any longer: a page shows only those who stand on it
    standing = [one for one in page.entries if one.state != "struck"]
    later = sorted({one.ends_on for one in standing if one.ends_on > shown.last_day})
    return {
        "page": page,
        "notice": shown,
        "address": settings.URL + address_of(shown.slug),
        "paragraphs": shown.body.splitlines(),
        "days": strip(page),
        "left": page.left if page.left else None,
        "until": f"{short_date(shown.last_day)} 24:00 截止",
        "later": later[-1] if later else None,
        "sections": sections(shown.shows, standing),
        "gone": len(page.entries) - len(standing),
        "heads": [(COLUMNS.get(one["id"], "ot"), one["label"]) for one in shown.shows],
        "grouped": any(one.group for one in standing),
        "group_label": "笔画" if any(one.group.endswith("画") for one in standing) else "地区",
        "people": len(standing),
        "ordered": ordered_by(shown.shows, [one.group for one in standing]),
        "contact": {key: shown.contact.get(key, "") for key in CONTACT},
        "issuers": shown.issuer.split("、"),
        "publisher": shown.process.edition.organiser.name,
    }


def drawn(page: NoticePage, day: date, *, large: bool = False) -> bytes:
    """The page as anybody gets it on a day who hasn't signed in; `large`: with large type."""
    request = _anybody(address_of(page.notice.slug), large)
    return render_to_string(PAGE, context_of(replace(page, today=day)), request).encode()


def drawn_gone() -> bytes:
    """The page in place of any notice that is no longer kept."""
    return render_to_string(GONE, {}, _anybody("/notices/", large=False)).encode()


def address_of(slug: str) -> str:
    """Path of a notice's page."""
    return reverse("public-notices-page", args=[slug])


def _anybody(path: str, large: bool) -> HttpRequest:
    """A request that says nothing of who asks."""
    request = HttpRequest()
    request.method, request.path, request.path_info = "GET", path, path
    if large:
        request.COOKIES["type"] = "large"
    return request
