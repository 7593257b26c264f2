"""Notices as pages show them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.services.public_notices.pages import NoticePage

WEEKDAYS = "一二三四五六日"
#: Classes of the columns of `table.names`, by field.
COLUMNS = {"name": "nm", "gender": "sx", "employer": "un", "trade": "tr"}


def short_date(day: date) -> str:
    """`9月18日`."""
    return long_date(day).partition("年")[2]


def strip(page: NoticePage) -> list[dict[str, Any]]:
    """The days of a notice: past, today, to come; days that don't count are marked off."""
    found = []
    for day in page.strip:
        counts = day in page.counted
        state = "today" if day == page.today else "past" if day < page.today else "next"
        note = "今天" if day == page.today else f"周{WEEKDAYS[day.weekday()]}"
        if not counts:
            note = "当日不计" if day == page.notice.first_day else "不计"
            state = state if day == page.today else "off"
        found.append({"date": short_date(day), "note": note, "state": state})
    return found


def sections(columns: Sequence[dict[str, str]], lines: Sequence[Any]) -> list[dict[str, Any]]:
    """Lines by award and tier, then by strokes: {title, rows: [{group, first, cells, note}]}.

    `lines` have `section`, `group`, `shown`; entries of a notice also `note`.
    """
    found: list[dict[str, Any]] = []
    before: tuple[str, str] | None = None
    for line in lines:
        if not found or found[-1]["title"] != line.section:
            found.append({"title": line.section, "rows": []})
        here = (line.section, line.group)
        found[-1]["rows"].append(
            {
                "group": line.group if here != before else "",
                "first": here != before,
                "cells": [
                    {"look": COLUMNS.get(one["id"], "ot"), "label": one["label"], "text": line.shown.get(one["id"], "")}
                    for one in columns
                ],
                "note": getattr(line, "note", ""),
            }
        )
        before = here
    return found


def ordered_by(columns: Sequence[dict[str, str]], groups: Sequence[str]) -> str:
    """How the list says it is ordered: 以姓氏笔画为序, where its groups are strokes."""
    return "以姓氏笔画为序" if any(one.endswith("画") for one in groups) else ""


def left_text(notice: Any, at: datetime) -> str:
    """`还剩 2 个工作日` of a notice on a day; of one whose own days are over, until when its entries run."""
    today = timezone.localtime(at).date()
    left = sum(date.fromisoformat(one) >= today for one in notice.days)
    if left:
        return f"还剩 {left} 天，{short_date(notice.last_day)} 24:00截止"
    return "已期满" if notice.last_day < today else f"{short_date(notice.last_day)} 24:00截止"
