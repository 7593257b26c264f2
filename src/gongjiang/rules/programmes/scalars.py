"""A word without quotes: what it is, or why it may mean two things and is refused."""

import re
from datetime import date
from decimal import Decimal
from typing import Any, Final, NamedTuple
from unicodedata import normalize

from gongjiang.rules.programmes.problems import Path


class Trap(NamedTuple):
    """Why a piece of YAML is refused."""

    code: str
    text: str
    english: str


WORDS: Final = frozenset({"yes", "no", "on", "off", "y", "n"})
"""Truth values to a YAML 1.1 parser, text to a 1.2 one."""

_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?")
_LIKE_NUMBER = re.compile(
    r"[-+]?(0[0-9_]+|0[xobXOB][0-9a-fA-F_]+|[0-9][0-9_]*|[0-9][0-9_]*\.[0-9_]*|\.[0-9][0-9_]*)([eE][-+]?[0-9]+)?"
    r"|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)"
)
_RATIO = re.compile(r"[-+]?[0-9][0-9_]*(:[0-9]+)+(\.[0-9_]*)?")
_FULL_WIDTH = re.compile(r"[-+]?[0-9][0-9.,:/-]*%?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt]|[ \t]+)[0-9].*")


def resolve(text: str) -> Any:
    """The value of a plain scalar (bool, None, int, Decimal, date or text), or the Trap it is."""
    if text in {"true", "false"}:
        return text == "true"
    if text == "null":
        return None
    if _NUMBER.fullmatch(text) and text not in {"-0"}:
        return Decimal(text) if "." in text else int(text)
    if _DAY.fullmatch(text):
        return _day(text)
    return _trap(text) or text


def key_trap(text: str, path: Path) -> Trap | None:
    """Why this plain key is refused, if it is. `path` is that of the mapping it stands in."""
    if text == "<<":
        return Trap("yaml.merge", "不用合并键（<<），请写全。", "No merge keys: write it out.")
    if text == "on" and len(path) in {2, 4} and isinstance(path[-1], int):
        return None  # a pool's own word, of a process too; elsewhere the shape refuses it as an unknown key
    if text == "":
        return Trap("yaml.key", "缺键名。", "A key is missing.")
    if "：" in text:
        return Trap(
            "yaml.full_width",
            f"“{text}”里是全角冒号：键后须用半角冒号加一个空格。",
            f"Full-width colon in '{text}': write a plain colon and a space after the key.",
        )
    return _word(text) or _ratio(text)


def _day(text: str) -> date | Trap:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return Trap(
            "yaml.date",
            f"{text} 不是日期：须如 2026-06-30，且确有这一天。",
            f"{text} is not a day: write it like 2026-06-30.",
        )


def _trap(text: str) -> Trap | None:
    if text in {"", "~", "Null", "NULL"}:
        return Trap("yaml.null", "值是空的：请写出值，或删去这一键。", "Empty value: write one or leave the key out.")
    if text in {"True", "TRUE", "False", "FALSE"}:
        return Trap("yaml.bool", f"请写小写 {text.lower()}。", f"Write {text.lower()} in lower case.")
    if _MOMENT.fullmatch(text):
        return Trap("yaml.date", f"{text} 带时刻，须加引号。", f"{text} has a time of day: put it in quotes.")
    plain = normalize("NFKC", text)
    if re.search("[０-９]", text) and _FULL_WIDTH.fullmatch(plain):
        return Trap(
            "yaml.full_width",
            f"{text} 用了全角数字，请改用半角：{plain}。",
            f"{text} has full-width digits: write {plain}.",
        )
    if _LIKE_NUMBER.fullmatch(text):
        return Trap(
            "yaml.number",
            f"{text} 在不同的 YAML 里读法不一：数字写成如 90、0.5、1.5，文字请加引号。",
            f"{text} reads differently in different parsers: write a plain decimal number, or quote the text.",
        )
    return _word(text) or _ratio(text)


def _word(text: str) -> Trap | None:
    if text.lower() not in WORDS:
        return None
    return Trap(
        "yaml.bool_word",
        f"不加引号的 {text} 会被有的程序读成真假值：是非请写 true/false，文字请加引号。",
        f"Bare {text} may be read as a truth value: write true/false, or quote the text.",
    )


def _ratio(text: str) -> Trap | None:
    if not _RATIO.fullmatch(text):
        return None
    return Trap(
        "yaml.ratio",
        f"不加引号的 {text} 会被有的程序读成六十进制数：比例请写 per_place: 1.5，文字和时刻请加引号。",
        f"Bare {text} may be read in base sixty: write a ratio as per_place: 1.5, quote text and times.",
    )
