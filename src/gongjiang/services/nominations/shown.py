"""Values as people read them: on paper, in workbooks, on screens."""

from typing import Any

from gongjiang.documents import layout as lo
from gongjiang.documents.checks import EMPTY, TICKED
from gongjiang.kernel.dates import long_date, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.interval import Interval
from gongjiang.kernel.rounding import decimal_text, round_to
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.values import days, is_blank
from gongjiang.rules.programmes.vocabulary import FieldSpec
from gongjiang.services.programmes.programme import Programme


def shown(programme: Programme, spec: FieldSpec, value: Any, form: str = "") -> str:
    """One value of a field. `form`: YYYY年M月, YYYY.M, YYYY年M月D日 (default: as the type is usually written)."""
    if is_blank(value):
        return ""
    codes = programme.pack.vocabulary.code_list(spec)
    if spec.type == "yes_no":
        raw, detail = (value.get("value"), value.get("detail", "")) if isinstance(value, dict) else (value, "")
        word = "是" if raw in ("yes", True) else "否" if raw in ("no", False) else ""
        return f"{word}：{detail}" if detail else word
    if spec.type == "checks":
        named = value if isinstance(value, dict) else {str(one): "" for one in value}
        return "；".join(
            f"{spec.options.get(code, code)}：{fill}" if fill else spec.options.get(code, code)
            for code, fill in named.items()
        )
    if spec.type in {"month", "date", "year"}:
        return _day(str(value), spec.type, form)
    return codes.labels.get(str(value)) or str(value)


def computed_text(spec: FieldSpec, facts: Facts) -> str:
    """A derived field that nobody typed, as its rows tell it: years to one place, cut off; '' while not known."""
    value = facts.subject.get(spec.id) if spec.derived else None
    if not isinstance(value, Interval) or not value.known:
        return ""
    return decimal_text(round_to(value.low, 1, "down"), 1)


def _day(value: str, kind: str, form: str) -> str:
    try:
        if kind == "month":
            month = parse_month(value)
            return month.dotted() if form == "YYYY.M" else month.chinese()
        if kind == "date":
            first = days(value).first
            return f"{first.year}.{first.month}" if form == "YYYY.M" else long_date(first)
    except (BadInput, ValueError):
        return value
    return value


def ticked(programme: Programme, spec: FieldSpec, value: Any, number: str = "") -> lo.CheckLine:
    """A question of a check item with its boxes, as the annex prints it; `number` is '1.' or ''."""
    if spec.type == "yes_no":
        raw, detail = (value.get("value"), value.get("detail", "")) if isinstance(value, dict) else (value, "")
        fill = str(detail or "") if spec.detail else None
        return lo.CheckLine(
            f"{number}{spec.shown}",
            (
                lo.CheckOption("是", raw in ("yes", True), fill, _detail_label(programme, spec) if spec.detail else ""),
                lo.CheckOption("否", raw in ("no", False)),
            ),
        )
    if spec.type == "checks":
        named = value if isinstance(value, dict) else {str(one): "" for one in (value or ())}
        fills = _fills(programme, spec)
        options = tuple(
            lo.CheckOption(label, code in named, str(named.get(code) or "") if code in fills else None)
            for code, label in spec.options.items()
        )
        if len(options) == 1:
            options = (lo.CheckOption(options[0].label, options[0].ticked, options[0].fill or "", box=False),)
        return lo.CheckLine(f"{number}{spec.shown}" if number else "", options)
    told, label = shown(programme, spec, value), _detail_label(programme, spec)
    if label:
        return lo.CheckLine(f"{number}{spec.shown}", (lo.CheckOption(label, fill=told, box=False),))
    return lo.CheckLine(f"{number}{spec.shown}", fill=told)


def boxed(programme: Programme, spec: FieldSpec, value: Any) -> str:
    """All that may be chosen, as boxes in a line: □国有企业　☑民营企业; what stands in no list is ticked behind it."""
    codes = programme.pack.vocabulary.code_list(spec)
    offered = {one: codes.labels.get(one, one) for one in codes.items}
    if spec.type == "yes_no":
        offered = {"yes": "是", "no": "否"}
    told = value.get("value") if isinstance(value, dict) and spec.type == "yes_no" else value
    fills = told if isinstance(told, dict) else {}
    several = told if isinstance(told, dict | list | tuple) else () if is_blank(told) else (told,)
    chosen = {_code(one) for one in several}
    boxes = [(code in chosen or label in chosen, label, fills.get(code)) for code, label in offered.items()]
    boxes += [(True, one, None) for one in sorted(chosen - {*offered, *offered.values()})]
    return "　".join(f"{TICKED if on else EMPTY}{label}{f'：{fill}' if fill else ''}" for on, label, fill in boxes)


def _code(value: Any) -> str:
    return "yes" if value is True else "no" if value is False else str(value)


def _raw(programme: Programme, spec: FieldSpec) -> Any:
    return next((one for one in (*programme.pack.fields, *programme.pack.catalogue.fields) if one.id == spec.id), None)


def _detail_label(programme: Programme, spec: FieldSpec) -> str:
    raw = _raw(programme, spec)
    return str(raw.detail) if raw is not None and raw.detail else ""


def _fills(programme: Programme, spec: FieldSpec) -> set[str]:
    raw = _raw(programme, spec)
    return {one.code for one in raw.options if one.fill is not None} if raw is not None else set()
