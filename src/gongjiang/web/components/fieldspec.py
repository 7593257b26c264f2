"""What a field's template needs, worked out from what a page says about the field. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongjiang.kernel.text import count_text

# fmt: off
KINDS = frozenset((
    "text", "email", "tel", "password", "textarea", "number", "month", "date",
    "select", "radio", "checks", "check", "yes_no", "rows", "file", "photo",
))
# fmt: on
NEAR = 0.9
"""From nine tenths of the limit on the figure turns amber, as in static/js/text-count.js."""
GROUPS = frozenset({"radio", "checks", "yes_no", "rows", "check"})
INPUT_TYPES = {"email": "email", "tel": "tel", "password": "password", "date": "date", "month": "month"}


def options(choices: Iterable[Any], chosen: Any) -> list[dict[str, Any]]:
    """Choices as dicts {value, label, hint, fill, checked}; a choice may be a word, a pair or such a dict."""
    picked = {str(one) for one in chosen} if isinstance(chosen, (list, tuple, set, frozenset)) else {str(chosen)}
    if chosen is None:
        picked = set()
    found = []
    for choice in choices:
        if isinstance(choice, Mapping):
            one = {"hint": "", "fill": None, **choice}
        elif isinstance(choice, (list, tuple)):
            one = {"value": choice[0], "label": choice[1], "hint": "", "fill": None}
        else:
            one = {"value": choice, "label": choice, "hint": "", "fill": None}
        found.append({**one, "checked": str(one["value"]) in picked})
    return found


def counter(value: str, limit: int) -> dict[str, Any]:
    """The counter under a text: characters as the server counts them, and "near" or "over" the limit."""
    count = count_text(value)
    near = count >= limit * NEAR
    return {"count": count, "limit": limit, "look": "over" if count > limit else "near" if near else ""}


Row = Mapping[str, Any]


def rows(columns: Sequence[Row], values: Sequence[Row], name: str, least: int = 1) -> list[dict[str, Any]]:
    """Rows of a table to fill: {index, cells}; a cell is {name, label, kind, value, error, options…}.

    `values` may carry "errors": {column: sentence}. At least `least` rows are shown.
    """
    shown = list(values) + [{}] * max(0, least - len(values))
    return [
        {"index": n, "cells": [_cell(column, row, f"{name}-{n}") for column in columns]} for n, row in enumerate(shown)
    ]


def _cell(column: Mapping[str, Any], row: Mapping[str, Any], prefix: str) -> dict[str, Any]:
    value = row.get(column["name"], "")
    cell = {
        "kind": "text",
        **column,
        "name": f"{prefix}-{column['name']}",
        "value": value,
        "error": row.get("errors", {}).get(column["name"], ""),
    }
    if cell["kind"] == "select":
        cell["choices"] = options(column.get("options", ()), value)
    kinds = {"month": "month", "until": "month", "date": "date", "number": "text"}
    cell["input"] = column.get("input") or kinds.get(cell["kind"], "text")
    if cell.get("long") and cell.get("limit"):
        cell["counter"] = counter(str(value), int(cell["limit"]))
    cell["now"] = cell["kind"] == "until" and value == "至今"
    return cell


def spec(kind: str, name: str, label: str = "", **said: Any) -> dict[str, Any]:
    """Everything the template of a field reads. Raises ValueError for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(f"Field {name}: unknown kind {kind}; known: {', '.join(sorted(KINDS))}")
    value = said.pop("value", None)
    ident = said.pop("id", "") or f"f-{name}"
    field = {"hint": "", "error": "", "required": False, "note": "", "columns": (), "least": 1, **said}
    field.update(kind=kind, name=name, label=label, value="" if value is None else value, id=ident)
    field["input_type"] = INPUT_TYPES.get(kind, "text")
    field["group"] = kind in GROUPS
    if field.get("limit") and kind in {"text", "textarea"}:
        field["counter"] = counter(str(field["value"]), int(field["limit"]))
    if kind in {"select", "radio", "checks"}:
        field["choices"] = options(field.get("options", ()), value)
    if kind == "yes_no":
        field["choices"] = options((("yes", "是"), ("no", "否")), {True: "yes", False: "no"}.get(value, value))
    if kind == "rows":
        field["rows"] = rows(field["columns"], value or (), name, field["least"])
        field["blank"] = rows(field["columns"], (), name, 1)[0]["cells"]
    parts = (("hint", "hint"), ("error", "err"), ("counter", "count"))
    field["described"] = " ".join(f"{ident}-{end}" for key, end in parts if field.get(key))
    return field
