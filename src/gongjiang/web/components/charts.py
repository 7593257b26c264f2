"""Charts as inline SVG and grids, each with its figures in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from gongjiang.web.components import geometry

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


@register.inclusion_tag("components/funnel.html")
def funnel(stages: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The narrowing from stage to stage: {label, n, state: done|now|plan, through, note}; one scale, from zero.

    Done is solid, the stage under way is hatched as far as `through` people are decided, planned is dashed.
    """
    totals = [int(stage["n"]) for stage in stages]
    done = [int(stage.get("through", 0)) if stage["state"] == "now" else int(stage["n"]) for stage in stages]
    shapes = list(zip(stages, geometry.funnel(totals, done), strict=True))
    said = "，".join(f"{stage['label']} {stage['n']}" for stage in stages)
    size = {"width": int(geometry.FUNNEL_WIDTH), "height": int(geometry.FUNNEL_HEIGHT) + 2}
    return {**size, "shapes": shapes, "said": said}


@register.inclusion_tag("components/composition.html")
def composition(rows: Sequence[Mapping[str, Any]], before: str, after: str) -> dict[str, Any]:
    """Who is among them: rows {label, before, after} in per cent of the two groups named `before` and `after`."""
    top = max([70, *(max(row["before"], row["after"]) for row in rows)])
    return {"rows": rows, "before": before, "after": after, "top": top}


@register.inclusion_tag("components/bars.html")
def bars(items: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Progress of many: {label, value, of, late}; each bar's full length is its own `of`."""
    return {"items": items}


@register.inclusion_tag("components/tilemap.html")
def tilemap(
    values: Mapping[str, int],
    label: str,
    late: Sequence[str] = (),
    urls: Mapping[str, str] | None = None,
    note: str = "",
) -> dict[str, Any]:
    """Figures by province on a schematic grid; `values` by the codes of geometry.TILES, others are dashed.

    `late` lists codes with unfinished matters, `urls` gives links; the same figures follow as a table.
    """
    classes = geometry.steps(max(values.values(), default=0))
    tiles = [
        {
            "code": code,
            "name": name,
            "value": values.get(code),
            "shade": geometry.shade(values.get(code, 0), classes),
            "late": code in late,
            "url": (urls or {}).get(code, ""),
        }
        for code, name in geometry.TILES.items()
    ]
    spans = [str(low) if low == high else f"{low}—{high}" for low, high in classes]
    return {"tiles": tiles, "classes": list(enumerate(spans, 1)), "label": label, "late": late, "note": note}


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


@register.inclusion_tag("components/dots.html")
def dots(
    totals: Sequence[float], high: float, low: float = 0, current: float | None = None, label: str = "我评过的"
) -> dict[str, Any]:
    """One's own earlier totals as dots on one axis, with lowest, middle and highest in words; `current` in red."""
    spots = [(x + 0.0, 22 - 8 * level) for x, level in geometry.spots(totals, low, high)]
    mid = geometry.median(totals) if totals else None
    here = geometry.spots([current], low, high)[0][0] if current is not None else None
    middle = geometry.spots([mid], low, high)[0][0] if mid is not None else None
    said = {"least": min(totals), "mid": f"{mid:g}", "most": max(totals)} if totals else {}
    return {"spots": spots, "middle": middle, "here": here, "count": len(totals), "label": label, **said}


@register.inclusion_tag("components/queue_strip.html")
def queue_strip(states: Sequence[str]) -> dict[str, Any]:
    """An expert's pile, one bar a nominee: states done, recuse, now or ''."""
    place = states.index("now") + 1 if "now" in states else 0
    counts = {"done": states.count("done"), "recuse": states.count("recuse"), "open": states.count("")}
    return {**counts, "states": states, "place": place, "of": len(states)}


@register.inclusion_tag("components/digits.html")
def digits(
    name: str, label: str, value: int | None = None, high: int = 10, low: int = 0, **said: Any
) -> dict[str, Any]:
    """A score as a row of radio buttons: works without script, takes digits on the keyboard with digits.js."""
    return {
        "ends": ("未体现", "基本体现", "突出"),
        **said,
        "name": name,
        "label": label,
        "value": value,
        "scores": range(low, high + 1),
    }
