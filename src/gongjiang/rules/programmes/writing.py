"""Plain data as the text of a pack: one section after the other, one item a line, quoted only where it must be."""

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

_BARE: Final = re.compile(r"[\u4e00-\u9fffA-Za-z_$“《〔][\u4e00-\u9fff\w.$“”《》〔〕（）()、·@-]*")
_WORDS: Final = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})


def write(data: Mapping[str, Any], head: Iterable[str] = ()) -> str:
    """The text; `head` are lines of comment. `read` gives the same data back."""
    lines = [f"# {one}" for one in head]
    for section, value in data.items():
        if isinstance(value, Mapping) and value:
            lines += ["", f"{_scalar(section)}:", *(f"  {_scalar(key)}: {_flow(one)}" for key, one in value.items())]
        elif isinstance(value, list | tuple) and value:
            lines += ["", f"{_scalar(section)}:", *(f"  - {_flow(one)}" for one in value)]
        else:
            lines += ["", f"{_scalar(section)}: {_flow(value)}"]
    return "\n".join(lines).lstrip("\n") + "\n"


def _flow(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_scalar(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | dt.date):
        return str(value)
    text = str(value)
    plain = _BARE.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
