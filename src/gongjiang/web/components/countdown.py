"""How long there is left, in words that the server makes; a script only keeps them fresh (static/js/countdown.js), from
the seconds that the server counted, so that a wrong clock of the reader's machine changes nothing."""

from datetime import datetime, timedelta
from math import ceil
from typing import Any

from django import template
from django.template import Context
from django.utils import timezone

register = template.Library()
DAY = 86400


def clock_words(moment: datetime) -> str:
    """The end as people say it: 6月30日 24:00; an end within a day by its hour."""
    last = timezone.localtime(moment - timedelta(microseconds=1))
    local = timezone.localtime(moment)
    hour = "24:00" if (local.hour, local.minute) == (0, 0) else f"{local:%H:%M}"
    return f"{last.month}月{last.day}日 {hour}"


def left_words(seconds: int, days: int) -> str:
    """还有 6 天; on the last day hours and minutes; after the end nothing."""
    if seconds <= 0:
        return ""
    if days > 0:
        return f"还有 {days} 天"
    hours, minutes = divmod(seconds // 60, 60)
    if hours:
        return f"还有 {hours} 小时 {minutes} 分"
    return f"还有 {minutes} 分" if minutes else "还有不到 1 分"


def countdown_of(at: datetime, closes: datetime) -> dict[str, Any]:
    """What the component shows at a moment: seconds left, seconds of the day gone, words."""
    now = timezone.localtime(at)
    left = ceil((closes - at).total_seconds())
    gone = now.hour * 3600 + now.minute * 60 + now.second
    days = (gone + max(left, 0) - 1) // DAY if left > 0 else 0
    until = clock_words(closes)
    said = f"{left_words(left, days)}，{until} 截止" if left > 0 else f"已于 {until} 截止"
    return {"left": left, "gone": gone, "until": until, "said": said, "near": 0 < left <= 3 * DAY, "over": left <= 0}


@register.inclusion_tag("components/countdown.html", takes_context=True)
def countdown(context: Context, closes: datetime | None, label: str = "") -> dict[str, Any]:
    """`{% countdown window.closes "申报" %}`: how long is left, by the server's clock; nothing without an end."""
    at = getattr(context.get("request"), "at", None)
    return {} if closes is None or at is None else {**countdown_of(at, closes), "label": label}
