"""Seats and time: pools with names on them, days of a notice, months of a term; each with its figures in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

register = template.Library()


@register.inclusion_tag("components/seats.html")
def seats(
    used: Sequence[Any] = (), drafts: Sequence[Any] = (), total: int = 0, alternates: Sequence[Any] = (), **values: Any
) -> dict[str, Any]:
    """A pool of seats with the names on them: used, held by drafts, free; alternates stand apart.

    A name is a word or {name, url}. Keywords: unit ("名"), spare (seats for alternates), over (sentence when full).
    """
    free = max(total - len(used) - len(drafts), 0)
    said = f"{total} 个名额：{len(used)} 个已用，{len(drafts)} 个草稿占用，{free} 个剩余"
    return {
        "unit": "名",
        **values,
        "used": _named(used),
        "drafts": _named(drafts),
        "free": range(free),
        "total": total,
        "said": said,
        "alternates": _named(alternates),
    }


def _named(people: Sequence[Any]) -> list[Mapping[str, Any]]:
    return [one if isinstance(one, Mapping) else {"name": one} for one in people]


@register.inclusion_tag("components/minigauge.html")
def minigauge(used: int, drafts: int, total: int, alternates: int = 0, label: str = "") -> dict[str, Any]:
    """The same pool in one line, for the head of a page: figures only."""
    free = max(total - used - drafts, 0)
    counted = {"used": range(used), "drafts": range(drafts), "free": range(free)}
    return {**counted, "total": total, "alternates": alternates, "label": label}


@register.inclusion_tag("components/pools.html")
def pools(rows: Sequence[Mapping[str, Any]], caption: str = "") -> dict[str, Any]:
    """Many pools as a table: {label, url, used, drafts, total, alternates}."""
    counted = [{**row, "free": max(row["total"] - row["used"] - row.get("drafts", 0), 0)} for row in rows]
    return {"rows": counted, "caption": caption}


@register.inclusion_tag("components/days.html")
def days(
    items: Sequence[Mapping[str, Any]], left: int | None = None, until: str = "", label: str = "公示期"
) -> dict[str, Any]:
    """The working days of a public notice: items {date, note, state: past|today|next}; `left` None hides the count."""
    return {"items": items, "left": left, "until": until, "label": label}


@register.inclusion_tag("components/months.html")
def months(now: int, total: int) -> dict[str, Any]:
    """A term as months: those past, the present one (counted from 1), those to come."""
    marks = ["on" if n < now else "now" if n == now else "" for n in range(1, total + 1)]
    return {"marks": marks, "now": now, "total": total}


@register.inclusion_tag("components/cells.html")
def cells(done: int, total: int) -> dict[str, Any]:
    """So many of so many items, as little boxes with the figure beside."""
    return {"marks": ["on" if n < done else "" for n in range(total)], "done": done, "total": total}
