"""Template tags for questions: one field of any kind, a field described by data, a Django form's field."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.forms import widgets as w
from django.template import Context
from django.utils.safestring import SafeString

from gongjiang.web.components import fieldspec
from gongjiang.web.components.refill import readable, refilled
from gongjiang.web.components.render import render

register = template.Library()

# Django's widgets and the kinds they stand for, the special before the general.
WIDGETS: tuple[tuple[type[w.Widget], str], ...] = (
    (w.Textarea, "textarea"),
    (w.PasswordInput, "password"),
    (w.EmailInput, "email"),
    (w.NumberInput, "number"),
    (w.DateInput, "date"),
    (w.CheckboxSelectMultiple, "checks"),
    (w.RadioSelect, "radio"),
    (w.CheckboxInput, "check"),
    (w.Select, "select"),
    (w.FileInput, "file"),
)
SAME_TEMPLATE = {"email": "text", "tel": "text", "password": "text", "month": "text", "date": "text"}


def _render(context: Context, values: dict[str, Any]) -> SafeString:
    kind = values["kind"]
    return render(context, f"field/{SAME_TEMPLATE.get(kind, kind)}", {"f": values})


@register.simple_tag(takes_context=True)
def field(context: Context, kind: str, name: str, label: str = "", **said: Any) -> SafeString:
    """A question of any kind. See README.md for the keywords of each."""
    again = refilled(context, kind, name, label)
    return _render(context, fieldspec.spec(readable(kind, again.get("value")), name, label, **{**said, **again}))


@register.simple_tag(takes_context=True)
def field_of(context: Context, data: Mapping[str, Any], **said: Any) -> SafeString:
    """A question described by a dict with the keywords of {% field %}; given keywords win."""
    whole = {**data, **said}
    whole |= refilled(context, whole["kind"], whole["name"], whole.get("label", ""))
    return _render(context, fieldspec.spec(**whole))


@register.simple_tag(takes_context=True)
def bound(context: Context, bound_field: BoundField, **said: Any) -> SafeString:
    """A field of a Django form, with its label, help text, errors, value and choices."""
    widget = bound_field.field.widget
    kind = next((kind for cls, kind in WIDGETS if isinstance(widget, cls)), "text")
    values: dict[str, Any] = {
        "kind": kind,
        "name": bound_field.html_name,
        "label": bound_field.label,
        "id": bound_field.id_for_label or bound_field.auto_id,
        "value": bound_field.value(),
        "hint": bound_field.help_text,
        "error": "；".join(str(one) for one in bound_field.errors),
        "required": bound_field.field.required,
        "limit": getattr(bound_field.field, "max_length", None),
        "autocomplete": widget.attrs.get("autocomplete", ""),
        "options": list(getattr(bound_field.field, "choices", ())),
    }
    return _render(context, fieldspec.spec(**{**values, **said}))


@register.inclusion_tag("components/upload.html", takes_context=True)
def upload(context: Context, url: str, name: str, label: str, **said: Any) -> dict[str, Any]:
    """A form of its own that sends one file to `url`, with progress where there is script."""
    return {"url": url, "name": name, "label": label, "id": f"u-{name}", **said}
