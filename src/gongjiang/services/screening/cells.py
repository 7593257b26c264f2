"""One cell as the rules read it: typed by its field, or refused with a message for the person who can mend it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

import polars as pl

from gongjiang.kernel.dates import parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.rules.nominations.values import read_field
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.values import NUMBERS, is_blank
from gongjiang.rules.programmes.vocabulary import FieldSpec, Vocabulary

_DAY: Final = re.compile(r"([0-9]{4})[./年-]([0-9]{1,2})[./月-]([0-9]{1,2})日?(?: 00:00:00)?")
_BETWEEN: Final = re.compile(r"[、，,;；]")
_HAVE: Final = {"有": "是", "无": "否", "√": "是", "×": "否"}
UNREAD: Final = frozenset({"file", "photo"})


def read_cell(spec: FieldSpec, raw: Any, words: Vocabulary, on: date, field: Field_ | None = None) -> Any:
    """The value for the tables of people; None for a blank. Raises BadInput.

    Numbers keep every digit that is written. `raw` is text, or what a typed file held; `field` gives the least and
    the most that a number may be.
    """
    if is_blank(raw):
        return None
    if spec.type == "month" and isinstance(raw, float):
        return parse_month(raw, place=spec.shown).iso()
    if isinstance(raw, Mapping | list | tuple) and spec.type not in {"checks", "yes_no"}:
        raise BadInput(f"“{spec.shown}”须是一个值。", "One value, please.", place=spec.shown)
    if spec.type in UNREAD:
        return str(raw).strip()
    if spec.type in NUMBERS:
        return _within(spec, _number(spec, raw, words, on), field)
    if spec.type == "yes_no":
        return _yes_no(spec, raw, words, on)
    if spec.type == "checks":
        return _ticks(spec, raw, words, on)
    text = unicodedata.normalize("NFKC", str(raw)).strip()
    if spec.type == "date" and (found := _DAY.fullmatch(text)):
        text = "{:0>4}-{:0>2}-{:0>2}".format(*found.groups())
    if spec.type == "code":
        return read_field(spec, _code(spec, str(raw).strip(), words), words, on=on, strict=True)
    return read_field(spec, text if spec.type in {"date", "year"} else str(raw), words, on=on, strict=True)


def series_of(values: Sequence[Any]) -> pl.Series:
    """Values read from cells: of one kind each column, but text beside numbers."""
    kinds = {type(one) for one in values if one is not None}
    if kinds <= {bool}:
        return pl.Series(values, dtype=pl.Boolean)
    if kinds <= {list}:
        return pl.Series(values, dtype=pl.List(pl.String))
    return pl.Series([None if one is None else str(one) for one in values], dtype=pl.String)


def _number(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> str:
    text = repr(raw) if isinstance(raw, float) else str(raw)
    text = unicodedata.normalize("NFKC", text).strip().removesuffix(spec.unit or "\x00")
    read_field(spec, text, words, on=on, strict=True)
    exact(text, place=spec.shown)
    return text


def _within(spec: FieldSpec, text: str, field: Field_ | None) -> str:
    """Between the bounds that the pack gives outright."""
    for word, bound, outside in (("小于", field.min, -1), ("大于", field.max, 1)) if field is not None else ():
        if isinstance(bound, int | Decimal) and (exact(text) - exact(bound)) * outside > 0:
            raise BadInput(f"“{spec.shown}”不能{word}{bound}，现为 {text}", "Out of bounds.", place=spec.shown)
    return text


def _yes_no(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> bool:
    word = _HAVE.get(str(raw).strip(), raw) if isinstance(raw, str) else raw
    found = read_field(spec, word, words, on=on, strict=True)
    return bool((found["value"] if isinstance(found, Mapping) else found) == "yes")


def _ticks(spec: FieldSpec, raw: Any, words: Vocabulary, on: date) -> list[str]:
    parts = [one.strip() for one in _BETWEEN.split(raw) if one.strip()] if isinstance(raw, str) else list(raw)
    codes = {label: code for code, label in spec.options.items()}
    return list(read_field(spec, [codes.get(one, one) for one in parts], words, on=on, strict=True))


def _code(spec: FieldSpec, word: str, words: Vocabulary) -> str:
    known = words.code_list(spec)
    if word in known.items:
        return word
    return next((code for code, label in known.labels.items() if label == word), word)
