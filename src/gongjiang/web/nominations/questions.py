"""A question of the form as the field component that asks it."""

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from gongjiang.kernel.dates import parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.spans import years_text
from gongjiang.rules.nominations.form_plan_check import Problem
from gongjiang.rules.nominations.form_plan_parts import Asked, RowsAsked
from gongjiang.rules.nominations.paths import answer_at
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.values import is_blank, plain
from gongjiang.rules.programmes.vocabulary import CodeList, Vocabulary
from gongjiang.web.nominations.reading import DETAIL

FEW = 6
"""So many options stand side by side; more go into a list to choose from."""
LONG = 120
"""Texts that may be longer get a box of several lines."""
TALL = 400
MONTH = "如 1980.6"
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
EITHER = "可选，也可自己填"
AUTOCOMPLETE = {"name": "off", "id_number": "off"}


def question(
    asked: Asked,
    words: Vocabulary,
    values: Mapping[str, Any],
    problems: Sequence[Problem] = (),
    computed: Mapping[str, Interval] | None = None,
) -> dict[str, Any]:
    """The keywords of {% field %} for one question, its answer and what is wrong with it."""
    value = answer_at(values, asked.path)
    return {
        "name": asked.path,
        "id": f"f-{asked.path}",
        "label": asked.label,
        "required": asked.required,
        "hint": _hint(asked, computed or {}),
        "error": "；".join(one.text for one in problems),
        **_kind(asked, words, value),
    }


def _kind(asked: Asked, words: Vocabulary, value: Any) -> dict[str, Any]:
    kind = asked.field.type
    if kind == "yes_no":
        return _yes_no(asked, value)
    if kind == "checks":
        return _checks(asked, value)
    if kind == "code":
        return _code(asked.field, words, value)
    if kind in {"number", "int"}:
        mode = "numeric" if kind == "int" else "decimal"
        return {"kind": "number", "unit": asked.field.unit, "inputmode": mode, "value": value}
    if kind == "month":
        return {"kind": "text", "value": dotted(value), "size": "medium", "placeholder": MONTH, "inputmode": "decimal"}
    if kind == "date":
        readable = is_blank(value) or DAY.fullmatch(str(value))
        return {"kind": "date" if readable else "text", "value": value, "size": "medium"}
    if kind == "year":
        return {"kind": "text", "value": value, "size": "short", "inputmode": "numeric"}
    if kind == "mobile":
        return {"kind": "tel", "value": value, "size": "medium", "autocomplete": "off"}
    return _text(asked, value)


def _text(asked: Asked, value: Any) -> dict[str, Any]:
    limit = asked.limit or asked.about
    tall = asked.wide or (limit or 0) > LONG
    said = {
        "kind": "textarea" if tall else "text",
        "value": value,
        "limit": limit if tall else None,
    }
    if asked.about is not None and tall:
        bound = f"，不超过 {asked.limit} 字" if asked.limit else ""
        said["note"] = f"{asked.about} 字左右{bound}"
    if tall and not limit:
        said["size"] = "low"
    if tall and (limit or 0) >= TALL and (limit or 0) > 500:
        said["rows"] = 16
    if asked.field.id in AUTOCOMPLETE:
        said["autocomplete"] = "off"
    return said


def _yes_no(asked: Asked, value: Any) -> dict[str, Any]:
    if not asked.field.detail:
        return {"kind": "yes_no", "value": value}
    inner = value if isinstance(value, Mapping) else {}
    detail = {
        "kind": "text",
        "name": asked.path + DETAIL,
        "label": asked.field.detail,
        "value": inner.get("detail", ""),
        "id": f"f-{asked.path}-detail",
    }
    return {"kind": "yes_no", "value": inner.get("value", value if isinstance(value, str) else ""), "detail": detail}


def _checks(asked: Asked, value: Any) -> dict[str, Any]:
    ticked = value if isinstance(value, Mapping) else dict.fromkeys(value if isinstance(value, list) else (), "")
    options = [
        {
            "value": one.code,
            "label": one.label,
            "fill": {
                "kind": "text",
                "name": f"{asked.path}__{one.code}",
                "label": one.fill,
                "value": ticked.get(one.code, ""),
                "id": f"f-{asked.path}-{one.code}",
            }
            if one.fill
            else None,
        }
        for one in asked.field.options
    ]
    down = any(one.fill for one in asked.field.options)
    return {
        "kind": "checks" if asked.field.multi else "radio",
        "options": options,
        "value": list(ticked),
        "down": down,
    }


def _code(field: Field_, words: Vocabulary, value: Any) -> dict[str, Any]:
    known = words.codes.get(field.codes or "", CodeList(open=True))
    options = [(one, known.labels.get(one, one)) for one in known.items]
    if known.open:
        return {"kind": "text", "value": value, "list": [one for one, _ in options], "placeholder": EITHER}
    if len(options) <= FEW:
        return {"kind": "radio", "options": options, "value": value}
    return {"kind": "select", "options": options, "value": value, "blank_label": "请选择"}


def dotted(value: Any) -> Any:
    """A month as officials write it: 1980-06 → 1980.6; what isn't one as it was typed."""
    try:
        return parse_month(value).dotted() if isinstance(value, str) and value else value
    except BadInput:
        return value


def _hint(asked: Asked, computed: Mapping[str, Interval]) -> str:
    said = [asked.field.hint or ""]
    if asked.field.type == "id_number":
        said.append("18 位，末位是 X 的照填；存入后只显示前三位和后四位")
    known = computed.get(asked.path)
    if known is not None:
        low, high = _amount(known.low, asked.field.unit), _amount(known.high, asked.field.unit)
        said.append(f"按明细算得{low}{'' if low == high else '～' + high}，不填即以此为准")
    elif asked.field.derived:
        said.append("填了简历明细即可自动算出，也可以直接填")
    return "；".join(one for one in said if one)


def _amount(value: Fraction, unit: str) -> str:
    """A computed number with its unit; years with their months."""
    return years_text(int(value * 12)) if unit == "年" else f"{plain(value)}{unit}"


def table(part: RowsAsked, words: Vocabulary, values: Mapping[str, Any], problems: Sequence[Problem]) -> dict[str, Any]:
    """The keywords of a rows field. `cards`: too wide for a table, each row is a card."""
    found = answer_at(values, part.path)
    rows = [dict(row) for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []
    months = [one.path for one in part.columns if one.field.type == "month"]
    for n, row in enumerate(rows, 1):
        wrong = [one for one in problems if one.row == n and not one.remark]
        row["errors"] = {one.column: one.text.partition("：")[2] or one.text for one in wrong}
        row |= {name: dotted(row.get(name)) for name in months}
        if "to" in row and not row["to"] and row.get("from"):
            row["to"] = "至今"
    columns = [_column(one, words, part.path) for one in part.columns]
    least = f"至少 {part.least} 行" if part.least > 1 else ""
    return {
        "kind": "rows",
        "name": part.path,
        "id": f"f-{part.path}",
        "label": part.label,
        "note": least,
        "columns": columns,
        "value": rows,
        "least": max(part.least, 1),
        "most": part.most,
        "error": "；".join(one.text for one in problems if not one.row and not one.remark),
        "remarks": [one.text.removeprefix(f"“{part.label}”") for one in problems if one.remark],
        "sorts": part.is_history and any("先后" in one.text for one in problems if one.remark),
        "cards": len(columns) > FEW - 1 or any((one.limit or 0) > LONG for one in part.columns),
    }


def _column(asked: Asked, words: Vocabulary, path: str) -> dict[str, Any]:
    base = {"name": asked.path, "label": asked.label, "long": (asked.limit or 0) > LONG, "limit": asked.limit}
    kind = asked.field.type
    if asked.path == "to" and kind == "month":
        return base | {"kind": "until", "input": "text", "inputmode": "decimal", "placeholder": MONTH}
    if kind == "month":
        return base | {"kind": "text", "inputmode": "decimal", "placeholder": MONTH}
    if kind == "date":
        return base | {"kind": "date"}
    if kind == "yes_no":
        return base | {"kind": "select", "options": [("yes", "是"), ("no", "否")]}
    if kind == "code":
        known = words.codes.get(asked.field.codes or "", CodeList(open=True))
        if known.open:
            return base | {
                "kind": "text",
                "list": list(known.items),
                "list_id": f"f-{path}-{asked.path}-list",
                "placeholder": EITHER,
            }
        return base | {"kind": "select", "options": [(one, known.labels.get(one, one)) for one in known.items]}
    return base | {"kind": "number" if kind in {"int", "number", "year"} else "text"}
