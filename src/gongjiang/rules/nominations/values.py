"""What was typed into a form, read by the type of its field: cleaned, bounded, or refused with a message."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gongjiang.kernel.dates import parse_day, parse_month, parse_until
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import parse as parse_identity
from gongjiang.kernel.names import parse_name
from gongjiang.kernel.phone import normalise_phone
from gongjiang.kernel.rounding import decimal_text, exact
from gongjiang.kernel.text import clean
from gongjiang.rules.programmes.values import is_blank
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

#: Far more than any official box holds; limits of a form are told as rules, this only bounds storage.
MOST_CHARACTERS = 20_000
MOST_ROWS = 200
DECIMALS = 4
"""Of a number as it is kept; more are refused, never rounded away."""


def read_field(spec: FieldSpec, raw: Any, words: Vocabulary, *, on: date, strict: bool = False) -> Any:
    """A typed value as it is stored; '' for blank. BadInput names the field and what to do.

    While drafting (`strict` false) an unfinished number, date or identity number is kept as typed, so
    that nothing is lost; on submission it must be right.
    """
    if is_blank(raw):
        return [] if spec.type in {"checks", "rows"} else ""
    reader = _name if is_persons_name(spec) else _READERS.get(spec.type, _text)
    try:
        return reader(spec, raw, words, on)
    except BadInput:
        if strict or spec.type in {"code", "checks", "yes_no"}:
            raise
        return clean(str(raw))[:200]


def read_rows(
    columns: Mapping[str, FieldSpec], raw: Any, words: Vocabulary, *, on: date, strict: bool = False
) -> list[dict[str, Any]]:
    """Rows of a group; wholly blank rows are dropped, each keeps or gets its own id."""
    if not isinstance(raw, list) or len(raw) > MOST_ROWS:
        raise BadInput(f"明细最多 {MOST_ROWS} 行。", "Too many rows.", place="明细")
    rows: list[dict[str, Any]] = []
    taken: set[str] = set()
    for n, one in enumerate(raw, 1):
        if not isinstance(one, Mapping):
            continue
        row = {key: read_field(spec, one.get(key), words, on=on, strict=strict) for key, spec in columns.items()}
        if all(is_blank(value) for value in row.values()):
            continue
        mark = str(one.get("id") or "")[:20]
        if not mark or mark in taken:
            mark = next(f"r{k}" for k in range(n, n + MOST_ROWS + 1) if f"r{k}" not in taken)
        taken.add(mark)
        rows.append({"id": mark, **row})
    return rows


def is_persons_name(spec: FieldSpec) -> bool:
    """Is it the name of the person whom the form is about? Padded names (何　焊平) are kept as one word."""
    return spec.id == "name" and spec.subject == "person" and not spec.group


def _name(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    return parse_name(str(raw), place=spec.shown)


def _text(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    text = clean(str(raw))
    if len(text) > MOST_CHARACTERS:
        raise BadInput(f"“{spec.shown}”太长，最多 {MOST_CHARACTERS} 个字符。", "Too long.", place=spec.shown)
    return text


def _number(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    value = exact(raw if not isinstance(raw, float) else repr(raw), place=spec.shown)
    if spec.type == "int" and value.denominator != 1:
        raise BadInput(f"“{spec.shown}”须为整数，现为 {raw}", "A whole number, please.", place=spec.shown)
    if abs(value) > 10**9:
        raise BadInput(f"“{spec.shown}”的数过大。", "Too large.", place=spec.shown)
    if (value * 10**DECIMALS).denominator != 1:  # rounded, 4.99999 years would be five
        raise BadInput(
            f"“{spec.shown}”最多写{DECIMALS}位小数，现为 {raw}", "At most four decimals, please.", place=spec.shown
        )
    return decimal_text(value, DECIMALS)


def _month(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    if spec.id == "to":
        until = parse_until(raw, place=spec.shown)
        return until.iso() if until is not None else ""
    return parse_month(raw, place=spec.shown).iso()


def _date(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    return parse_day(raw if isinstance(raw, date) else str(raw), place=spec.shown).isoformat()


def _year(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    text = str(raw).strip().removesuffix("年")
    if not (text.isdecimal() and len(text) == 4 and 1900 <= int(text) <= on.year + 1):
        raise BadInput(f"“{spec.shown}”须为四位年份，现为 {raw}", "A year of four digits.", place=spec.shown)
    return str(int(text))


def _code(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    text, known = clean(str(raw)), words.code_list(spec)
    if known.items and not known.open and text not in known.items:
        raise BadInput(
            f"“{spec.shown}”只能选：{'、'.join(known.items[:20])}；现为 {text}", "Not in the list.", place=spec.shown
        )
    return text


def _yes_no(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> Any:
    detail = ""
    if isinstance(raw, Mapping):
        detail, raw = clean(str(raw.get("detail") or ""))[:500], raw.get("value")
    if is_blank(raw):
        return ""
    word = str(raw).strip().lower()
    if word not in {"yes", "no", "是", "否", "true", "false"}:
        raise BadInput(f"“{spec.shown}”请答是或否。", "Answer yes or no.", place=spec.shown)
    value = "yes" if word in {"yes", "是", "true"} else "no"
    return {"value": value, "detail": detail} if spec.detail else value


def _checks(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> Any:
    """Ticked codes; with fill-ins a mapping code → text, which is '' where nothing was written."""
    ticked = (
        raw if isinstance(raw, Mapping) else {str(one): "" for one in (raw if isinstance(raw, list | tuple) else [raw])}
    )
    strange = [one for one in ticked if one not in spec.options]
    if strange:
        raise BadInput(f"“{spec.shown}”没有选项 {'、'.join(strange)}", "No such option.", place=spec.shown)
    if not spec.multi and len(ticked) > 1:
        raise BadInput(f"“{spec.shown}”只能选一项。", "Choose one.", place=spec.shown)
    return {code: clean(str(ticked[code] or ""))[:500] for code in spec.options if code in ticked}


def _identity(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    return parse_identity(raw, on=on, place=spec.shown).value


def _phone(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    return normalise_phone(raw, place=spec.shown)


_READERS: Mapping[str, Any] = {
    "number": _number,
    "int": _number,
    "month": _month,
    "date": _date,
    "year": _year,
    "code": _code,
    "yes_no": _yes_no,
    "checks": _checks,
    "id_number": _identity,
    "mobile": _phone,
}
