"""Rendering one component's template inside a page."""

from collections.abc import Mapping
from typing import Any

from django.template import Context
from django.utils.safestring import SafeString


def render(context: Context, name: str, values: Mapping[str, Any]) -> SafeString:
    """Render `components/<name>.html` with `values` alone, plus the page's request and CSRF token."""
    shared = {key: context.get(key) for key in ("csrf_token", "request")}
    if context.template is None:
        raise ValueError(f"Component {name} is rendered inside a template only")
    template = context.template.engine.get_template(f"components/{name}.html")
    return template.render(context.new({**shared, **values}))


def attributes(extra: Mapping[str, Any]) -> dict[str, Any]:
    """Keyword arguments of a tag as HTML attributes: `hx_post` becomes `hx-post`; None and False are left out.

    Raises ValueError for `on…` and `style`, which the content security policy would refuse.
    """
    named = {key.rstrip("_").replace("_", "-"): value for key, value in extra.items()}
    for key in named:
        if key.startswith("on") or key == "style":
            raise ValueError(
                f"Attribute {key} is refused by the security policy: use a class, or a module of static/js"
            )
    return {key: value for key, value in named.items() if value is not None and value is not False}
