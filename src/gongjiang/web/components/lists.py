"""Lists and positions: counts, to-do, facts, steps, time lines, paging, trail, empty state."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.template import Context

from gongjiang.web.components.marks import OUTCOMES

register = template.Library()


def _plain(name: str, *keys: str) -> None:
    """Register a tag `name` that hands `keys`, in this order or by name, to components/<name>.html."""

    def tag(*values: Any, **named: Any) -> dict[str, Any]:
        if len(values) > len(keys):
            raise TypeError(f"{{% {name} %}} takes at most {len(keys)} plain values: {', '.join(keys)}")
        return {**dict(zip(keys, values, strict=False)), **named}

    register.inclusion_tag(f"components/{name}.html", name=name)(tag)


for _name, _keys in {
    "stat_row": ("items",),
    "todo_row": ("item",),
    "todo_group": ("title", "note"),
    "queue_row": ("title", "note"),
    "facts": ("items",),
    "crumbs": ("items",),
    "empty": ("title", "hint"),
    "pager": ("prev_url", "next_url"),
    "timeline": ("items",),
    "stepline": ("items",),
    "rules": ("rows",),
    "saved": ("state", "at"),
    "kpis": ("items",),
}.items():
    _plain(_name, *_keys)


@register.inclusion_tag("components/tally.html")
def tally(counts: Mapping[str, int]) -> dict[str, Any]:
    """How many rules have each outcome; `counts` maps outcome to number, zeros are left out."""
    return {"counts": [(name, f"{OUTCOMES[name]} {number}") for name, number in counts.items() if number]}


@register.inclusion_tag("components/steps.html")
def steps(items: Sequence[Mapping[str, Any]], label: str = "填报步骤") -> dict[str, Any]:
    """The steps of a form with their completeness; on a phone a line of bars instead.

    items: {label, url, done, current, note, warn}.
    """
    place = next((n for n, item in enumerate(items, 1) if item.get("current")), 0)
    return {"items": items, "label": label, "place": place, "of": len(items)}


@register.inclusion_tag("components/pages.html", takes_context=True)
def pages(context: Context, page: Any, param: str = "page") -> dict[str, Any]:
    """Numbered pages of a Django `Page`; other query parameters are kept."""
    request = context.get("request")
    links: Iterable[Any] = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)

    def address(number: int) -> str:
        query = request.GET.copy() if request else None
        if query is None:
            return f"?{param}={number}"
        query[param] = str(number)
        return f"?{query.urlencode()}"

    numbered = [(n, address(n) if isinstance(n, int) else "", n == page.number) for n in links]
    return {"page": page, "links": [{"label": str(n), "url": url, "current": here} for n, url, here in numbered]}
