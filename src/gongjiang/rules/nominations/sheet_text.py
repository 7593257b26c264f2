"""What stands in a cell of a sheet, made what the form would have posted: the way back from how values are shown."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

_EPOCH: Final = date(1899, 12, 30)
"""Excel's day 0."""
_SERIALS: Final = range(10_959, 73_051)
"""1930 to 2099 as Excel counts days; no month that people write as a number lies in it."""
_DAY: Final = re.compile(r"([0-9]{4})[.\-/年]([0-9]{1,2})[.\-/月]([0-9]{1,2})日?(?: ?00:00:00)?")
_PARTS: Final = re.compile(r"[；;\n]+")


def typed(spec: FieldSpec, text: str, words: Vocabulary, *, number: bool = False) -> Any:
    """The text of a cell as `read_field` takes it. `number`: the cell held a number, in which days may be counted."""
    if spec.type in {"month", "date"} and number and text.isdecimal() and int(text) in _SERIALS:
        return (_EPOCH + timedelta(days=int(text))).isoformat()
    if spec.type == "date":
        return _day(text)
    if spec.type == "yes_no" and spec.detail:
        word, _, detail = text.replace(":", "：", 1).partition("：")
        return {"value": word.strip(), "detail": detail.strip()}
    if spec.type == "checks":
        return _ticks(spec, text)
    if spec.type == "code":
        codes = {label: code for code, label in words.code_list(spec).labels.items()}
        return codes.get(text, text)
    return text


def hint(spec: FieldSpec, words: Vocabulary, limit: int | None = None) -> str:
    """How a cell of this kind is filled in, in one sentence."""
    if spec.type in {"code", "checks"}:
        known = words.code_list(spec)
        shown = [known.labels.get(one, one) for one in known.items]
        few = "、".join(shown[:12]) + ("等" if len(shown) > 12 else "")
        if spec.type == "checks" and spec.multi:
            return f"可填多项，用“；”隔开，要说明的写在“：”后面：{few}。"
        return "照实填写。" if not shown else f"可填：{few}，也可另写。" if known.open else f"只能填：{few}。"
    said: Mapping[str, str] = {
        "yes_no": "填“是”或“否”" + ("，说明写在“：”后面，如“是：某某奖”。" if spec.detail else "。"),
        "month": "写成 1980.6、1980-06 或 1980年6月。"
        if spec.id != "to"
        else "写成 2020.6；还在继续的写“至今”或留空。",
        "date": "写成 2026-06-30。",
        "year": "写四位年份，如 2024。",
        "number": "只填数字" + (f"，单位是{spec.unit}。" if spec.unit else "。"),
        "int": "只填整数" + (f"，单位是{spec.unit}。" if spec.unit else "。"),
        "id_number": "对照证件填18位号码；单元格须为“文本”格式。",
        "mobile": "11位手机号，或带区号的固定电话（0771-5550000）。",
    }
    if limit is not None:
        return f"不超过{limit}字（按Word的“字数”计）。"
    return said.get(spec.type, "照实填写。")


def choices(spec: FieldSpec, words: Vocabulary) -> tuple[str, ...]:
    """What a drop-down offers; nothing where anything may be written."""
    if spec.type == "yes_no":
        return () if spec.detail else ("是", "否")
    if spec.type == "code" or (spec.type == "checks" and not spec.multi):
        known = words.code_list(spec)
        return tuple(known.labels.get(one, one) for one in known.items)
    return ()


def _day(text: str) -> str:
    found = _DAY.fullmatch(re.sub(r"\s*([.\-/年月日])\s*", r"\1", unicodedata.normalize("NFKC", text).strip()))
    if found is None:
        return text
    return f"{int(found[1]):04d}-{int(found[2]):02d}-{int(found[3]):02d}"


def _ticks(spec: FieldSpec, text: str) -> dict[str, str]:
    codes = {label: code for code, label in spec.options.items()} | {code: code for code in spec.options}
    found: dict[str, str] = {}
    for part in (one.strip() for one in _PARTS.split(text)):
        if not part:
            continue
        if part in codes:
            found[codes[part]] = ""
            continue
        word, _, fill = part.replace(":", "：", 1).partition("：")
        found[codes.get(word.strip(), word.strip())] = fill.strip()
    return found
