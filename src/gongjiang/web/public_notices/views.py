"""What anybody may read: the list of notices, one notice, its Word file."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from gongjiang.documents.notice import notice_docx
from gongjiang.services.public_notices.export import CONTACT, notice_text
from gongjiang.services.public_notices.pages import past_notices, public_notice, running_notices
from gongjiang.web.access import public
from gongjiang.web.numbers import whole
from gongjiang.web.public_notices.present import COLUMNS, left_text, ordered_by, sections, short_date, strip

PAGE = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@public
def notices(request: HttpRequest) -> HttpResponse:
    """Notices that run, and those that are over."""
    before = whole(request.GET.get("before"), 0)
    past = past_notices(request.at, before=before, limit=PAGE + 1)
    running = [] if before else running_notices(request.at)
    ids = {one.pk for one in running}
    return render(
        request,
        "public_notices/list.html",
        {
            "running": [{"notice": one, "left": left_text(one, request.at)} for one in running],
            "past": [one for one in past[:PAGE] if one.pk not in ids],
            "next_url": f"?before={past[PAGE - 1].pk}" if len(past) > PAGE else "",
        },
    )


@public
def notice(request: HttpRequest, slug: str) -> HttpResponse:
    """One notice: its days, its list, how to object."""
    page = public_notice(slug, request.at)
    shown = page.notice
    # whoever was struck is not shown any longer: a page shows only those who stand on it
    standing = [one for one in page.entries if one.state != "struck"]
    later = sorted({one.ends_on for one in standing if one.ends_on > shown.last_day})
    return render(
        request,
        "public_notices/page.html",
        {
            "page": page,
            "notice": shown,
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
        },
    )


@public
def word(request: HttpRequest, slug: str) -> HttpResponse:
    """The notice as a Word file."""
    page = public_notice(slug, request.at)
    response = HttpResponse(notice_docx(notice_text(page.notice)), content_type=DOCX)
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{page.notice.title}.docx") or ""
    return response
