"""Charts as inline SVG and grids, each with its figures in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template

from gongjiang.web.components import geometry

register = template.Library()


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


@register.inclusion_tag("components/lean.html")
def lean(value: float, most: float) -> dict[str, Any]:
    """How far something lies from the middle, to the left or right, on a scale of ±`most`; the figure stands beside."""
    x, width = geometry.lean(value, most)
    return {"x": x, "width": width}


@register.inclusion_tag("components/rise.html")
def rise(
    years: Sequence[int], run: Sequence[int], line: Sequence[int] = (), label: str = "", aim: str = "均匀进度"
) -> dict[str, Any]:
    """A number over the years: `run` solid as far as it goes, `line` dashed (where it should be); and as a table."""
    top = max([1, *run, *line])
    rows = [
        {"year": year, "n": run[at] if at < len(run) else None, "line": line[at] if at < len(line) else None}
        for at, year in enumerate(years)
    ]
    spots = [geometry.risen(points, top, len(years)) for points in (run, line)]
    last = spots[0].rsplit(" ", 1)[-1].removeprefix("M").removeprefix("L").split(",") if run else []
    return {
        "solid": spots[0], "dashed": spots[1], "last": last, "rows": rows, "label": label, "aim": aim, "top": top,
        "first": years[0] if years else "", "end": years[-1] if years else "", "width": geometry.RISE[0],
        "height": geometry.RISE[1],
    }  # fmt: skip
