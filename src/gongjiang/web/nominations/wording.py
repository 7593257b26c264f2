"""An answer as people read it: labels of choices, rows a line each, numbers masked."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongjiang.rules.nominations.form_plan_parts import Asked, RowsAsked, Statement
from gongjiang.rules.programmes.schema.fields import Field_
from gongjiang.rules.programmes.vocabulary import Vocabulary
from gongjiang.services.people.sealing import mask_text

WORDS = {"yes": "是", "no": "否"}


def words(vocabulary: Vocabulary, part: Asked | RowsAsked | Statement, value: Any) -> str:
    """An answer in words, '' for none. Rows are a line each, numbered."""
    if isinstance(part, Statement):
        return "已确认" if value == "yes" else ""
    if isinstance(part, Asked):
        return _answer(vocabulary, part.field, value)
    rows = value if isinstance(value, list) else []
    return "\n".join(f"{n}. {'　'.join(_cells(vocabulary, part, row))}" for n, row in enumerate(rows, 1))


def _cells(vocabulary: Vocabulary, part: RowsAsked, row: Mapping[str, Any]) -> Iterator[str]:
    for one in part.columns:
        text = _answer(vocabulary, one.field, row.get(one.path))
        if one.path == "to" and not text and row.get("from"):
            text = "至今"
        if text:
            yield text


def _answer(vocabulary: Vocabulary, field: Field_, value: Any) -> str:
    if isinstance(value, Mapping):
        if "value" in value:
            return "：".join(one for one in (_word(value["value"]), str(value.get("detail") or "")) if one)
        labels = {one.code: one.label for one in field.options}
        return "；".join(f"{labels.get(code, code)}{'：' if text else ''}{text}" for code, text in value.items())
    if value in (None, "", []):
        return ""
    if field.type in {"id_number", "mobile"}:
        return mask_text(str(value), field.type)
    if field.type == "code":
        known = vocabulary.codes.get(field.codes or "")
        return known.labels.get(str(value), str(value)) if known is not None else str(value)
    return _word(value) if field.type == "yes_no" else str(value)


def _word(value: Any) -> str:
    return WORDS.get(str(value), str(value))
