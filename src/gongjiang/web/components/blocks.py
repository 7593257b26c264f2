"""Blocks that hold other content: panel, notice, dialog, action bar; and the heads of pages."""

from typing import Any

from django import template
from django.template import Context
from django.template.base import Parser, Token
from django.template.library import SimpleBlockNode
from django.utils.safestring import SafeString

from gongjiang.web.components.refill import HERE, Refill, refusal_of
from gongjiang.web.components.render import render
from gongjiang.web.frame import page_behind

register = template.Library()

# Django's message levels beside our own four kinds.
NOTICE_KINDS = {"warn": "warn", "warning": "warn", "error": "error", "ok": "ok", "success": "ok"}
NOTICE_ICONS = {"warn": "warn", "error": "x", "ok": "check", "info": "clock"}


@register.simple_block_tag(takes_context=True)
def panel(context: Context, content: str, title: str = "", **values: Any) -> SafeString:
    """One level of white surface with a head; `body=False` lets lists and tables reach its edges."""
    return render(context, "panel", {"body": True, **values, "title": title, "content": content})


@register.simple_block_tag(takes_context=True)
def notice(context: Context, content: str, kind: str = "info", title: str = "", icon: str = "") -> SafeString:
    """A message inside the page: warn, error, ok, info (Django's level tags are taken too)."""
    known = NOTICE_KINDS.get(kind.split(" ")[-1], "info")
    values = {"kind": known, "icon": icon or NOTICE_ICONS[known], "title": title, "content": content}
    return render(context, "notice", values)


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, id: str, title: str, opener: str, **values: Any) -> SafeString:
    """A step that can hurt: asks where to, what and why in a form of its own.

    Stands outside any other form. Without script it opens in place; dialog.js makes it modal. If it was refused it
    stands open again with what was typed (see web/again.py).
    """
    values = {"submit": "确定", "submit_kind": "primary", "cancel": "取消", **values}
    refill: Refill | None = context.get(HERE)
    request = context.get("request")
    values |= {
        "page": page_behind(request) if request is not None else "",
        "open": refill is not None,
        "problem": refill.refusal.error if refill is not None and not refill.told else None,
    }
    return render(context, "dialog", {**values, "id": id, "title": title, "opener": opener, "content": content})


@register.simple_block_tag(takes_context=True)
def asking(context: Context, content: str, id: str, action: str, **values: Any) -> SafeString:
    """A form in the page with its own buttons; refused, the page is shown again as with a dialog."""
    refill: Refill | None = context.get(HERE)
    problem = refill.refusal.error if refill is not None and not refill.told else None
    page = page_behind(context["request"])
    return render(
        context, "asking", {**values, "id": id, "action": action, "content": content, "page": page, "problem": problem}
    )


class RefillNode(SimpleBlockNode):
    """The questions of a form are shown knowing whether it was refused."""

    def render(self, context: Context) -> str:
        """Once, with the refusal at hand if it was this form's."""
        _, said = self.get_resolved_arguments(context)
        refusal = refusal_of(context, str(said.get("id", "")))
        if refusal is None:
            return super().render(context)
        refusal.shown = True
        return self.filled(context, Refill(refusal))

    def filled(self, context: Context, refill: Refill) -> str:
        """With what was typed."""
        with context.push(**{HERE: refill}):
            return super().render(context)


class DialogNode(RefillNode):
    """A dialog has little in it: where it asks one thing only, whatever is wrong is about that."""

    def filled(self, context: Context, refill: Refill) -> str:
        """Twice, if the error found no place and there is but one question."""
        shown = super().filled(context, refill)
        if refill.told or refill.asked != 1:
            return shown
        return super().filled(context, Refill(refill.refusal, alone=True))


def _refilling(name: str, kind: type[RefillNode]) -> None:
    """Make the block tag of this name one whose questions know."""
    plain = register.tags[name]

    def compiled(parser: Parser, token: Token) -> RefillNode:
        node = plain(parser, token)
        return kind(node.nodelist, node.func, node.takes_context, node.args, node.kwargs, node.target_var)

    register.tag(name, compiled)


_refilling("dialog", DialogNode)
_refilling("asking", RefillNode)


@register.simple_block_tag(takes_context=True)
def optcard(
    context: Context, content: str, name: str, value: str, label: str, checked: bool = False, hint: str = ""
) -> SafeString:
    """A condition to tick whose questions (the content) show once it is ticked."""
    values = {"name": name, "value": value, "label": label, "checked": checked, "hint": hint, "content": content}
    return render(context, "optcard", values)


@register.simple_block_tag
def actionbar(content: str) -> SafeString:
    """The bar at the foot: quiet buttons first, class "push" before the one dark button."""
    return SafeString(f'<div class="actionbar">{content}</div>')


@register.simple_block_tag(takes_context=True)
def page_head(context: Context, content: str, title: str, sub: str = "", **values: Any) -> SafeString:
    """The heading of a work page; the content (buttons, key figures) stands at its right."""
    return render(context, "page_head", {**values, "title": title, "sub": sub, "content": content})


@register.simple_block_tag(takes_context=True)
def statement(
    context: Context, content: str, by: str = "", at: str = "", stamp: str = "", void: str = ""
) -> SafeString:
    """An opinion or decision as it will be printed: text, who, when, and the seal or that it is missing."""
    return render(context, "statement", {"content": content, "by": by, "at": at, "stamp": stamp, "void": void})
