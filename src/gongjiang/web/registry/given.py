"""What the forms of this room post."""

from datetime import date

from django.http import HttpRequest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.registry.entry import Defaults
from gongjiang.services.registry.about import About


def day_of(request: HttpRequest, name: str, label: str) -> date | None:
    """A day as a date field posts it; none for a blank. Raises BadInput naming the field."""
    text = request.POST.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput("日期看不懂，请写成 2026-06-24。", "Write a date such as 2026-06-24.", place=label) from None


def about_of(request: HttpRequest) -> About:
    """The description of a list: an existing register by code, or a new one (`code` empty) with its own."""
    said = {key: str(one).strip() for key, one in request.POST.items()}
    code = said.get("code", "") or said.get("new_code", "")
    issued = day_of(request, "issued_on", "发文日期")
    return About(
        code=code,
        label=said.get("new_label", ""),
        level=said.get("level", ""),
        title=said.get("title", ""),
        number=said.get("number", ""),
        issued_on=issued,
        complete=said.get("complete") == "yes",
        since=day_of(request, "since", "收录起始日期"),
        defaults=Defaults(
            award=said.get("award", "")[:40],
            level=said.get("level", ""),
            state=said.get("state", "") or "stands",
            date=issued.isoformat() if issued is not None else "",
        ),
    )
