"""Small marks: icon, state, rule outcome, button, the switch to large type."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.forms.utils import flatatt
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongjiang.web.components.render import attributes, render

register = template.Library()

STATES = {
    "draft": "草稿",
    "submitted": "已提交",
    "in_progress": "办理中",
    "returned": "退回",
    "passed": "通过",
    "rejected": "不予通过",
    "alternate": "备选",
    "public": "公示中",
    "named": "已命名",
    "waiting": "等待",
    "struck": "已划去",
    "withdrawn": "已撤回",
}
OUTCOMES = {
    "met": "符合",
    "unmet": "不符合",
    "missing": "待补",
    "not_applicable": "不适用",
    "judge": "由人判断",
    "justified": "已说明理由",
    "exception": "已破格",
    "unseen": "未看",
}
FORCES = {"soft": "一般", "prefer": "优先", "guide": "倡导"}


@register.simple_tag
def icon(name: str) -> SafeString:
    """An icon of static/icons, hidden from screen readers: a word must stand beside it."""
    return format_html('<i class="i i-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def state(value: str, label: str = "") -> SafeString:
    """The badge of a process state; `label` replaces the usual word (备选 1, 初审中)."""
    return format_html('<span class="tag" data-s="{}">{}</span>', value, label or STATES[value])


@register.simple_tag
def outcome(value: str, label: str = "") -> SafeString:
    """The outcome of a rule as disc, square, ring or bar, with its word."""
    return format_html('<span class="outcome" data-o="{}">{}</span>', value, label or OUTCOMES[value])


@register.simple_tag
def button(
    label: str, href: str = "", kind: str = "", icon: str = "", small: bool = False, wide: bool = False, **extra: Any
) -> SafeString:
    """A link with `href`, else a button (type submit). `kind`: primary, official, negative, quiet or ''.

    Other keywords become attributes: type, name, value, form, formaction, disabled, hx_post, data_…, aria_….
    """
    classes = " ".join(filter(None, ["btn", kind, "sm" if small else "", "wide" if wide else ""]))
    mark = format_html('<i class="i i-{}" aria-hidden="true"></i>', icon) if icon else ""
    if href:
        return format_html('<a class="{}" href="{}"{}>{}{}</a>', classes, href, flatatt(attributes(extra)), mark, label)
    extra.setdefault("type", "submit")
    return format_html('<button class="{}"{}>{}{}</button>', classes, flatatt(attributes(extra)), mark, label)


@register.simple_tag(takes_context=True)
def type_toggle(context: Context, plain: bool = False) -> SafeString:
    """The switch between usual and large type: a link that works without script."""
    request = context.get("request")
    large = request is not None and request.COOKIES.get("type") == "large"
    query = urlencode({"type": "usual" if large else "large", "next": request.get_full_path() if request else "/"})
    return render(context, "type_toggle", {"url": f"/display/?{query}", "large": large, "plain": plain})


@register.simple_tag(takes_context=True)
def rule_row(context: Context, title: str, outcome: str, **values: Any) -> SafeString:
    """One rule and what it says. See README.md for the keywords."""
    return _rule(context, "", title, outcome, values)


@register.simple_block_tag(takes_context=True)
def rule(context: Context, content: str, title: str, outcome: str, **values: Any) -> SafeString:
    """A rule row with buttons or a small form as its content."""
    return _rule(context, content, title, outcome, values)


def _rule(context: Context, content: str, title: str, outcome: str, values: dict[str, Any]) -> SafeString:
    force = FORCES.get(values.get("force", ""), "")
    label = values.get("label") or OUTCOMES[outcome]
    said = {"title": title, "outcome": outcome, "label": label, "content": content, "force": force}
    return render(context, "rule", {**values, **said})
