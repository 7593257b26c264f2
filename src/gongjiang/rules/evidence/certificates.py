"""What was typed of a certificate, held against the form: hints for whoever looks at it, never a verdict."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.names import parse_name
from gongjiang.kernel.text import clean

LEVELS: Final = ("学徒工", "初级工", "中级工", "高级工", "技师", "高级技师", "特级技师", "首席技师")
"""Skill levels, low to high; a certificate of one of them is compared with the level on the form."""
_LONGEST: Final = 120


@dataclass(frozen=True, slots=True)
class Certificate:
    """As typed from the paper; '' for what it doesn't say. `issued`: the date in ISO form."""

    holder: str = ""
    paper: str = ""
    number: str = ""
    issued: str = ""
    issuer: str = ""
    level: str = ""

    @property
    def filled(self) -> dict[str, str]:
        """What was typed, by field."""
        return {one.name: text for one in fields(self) if (text := getattr(self, one.name))}


LABELS: Final[dict[str, str]] = {
    "holder": "持证人",
    "paper": "证书名称",
    "number": "编号",
    "issued": "发证日期",
    "issuer": "发证单位",
    "level": "等级",
}


def read(given: Mapping[str, str]) -> Certificate:
    """From typed texts, cleaned. BadInput for a date that is none and for what is far too long."""
    texts = {name: clean(given.get(name, "")).replace("\n", " ").strip() for name in LABELS}
    for name, text in texts.items():
        if len(text) > _LONGEST:
            raise BadInput(f"{LABELS[name]}最多{_LONGEST}个字。", "Too long.", place=LABELS[name])
    if texts["issued"]:
        try:
            texts["issued"] = dt.date.fromisoformat(texts["issued"]).isoformat()
        except ValueError:
            raise BadInput(
                f"发证日期写成 2024-05-01 这样，现为“{texts['issued']}”。", "Not a date.", place="发证日期"
            ) from None
    return Certificate(**texts)


def unlike(one: Certificate, *, name: str, level: str = "", last_day: dt.date | None = None) -> tuple[str, ...]:
    """Where a certificate differs from the form, a sentence each.

    `name` and `level` (of skill) stand on the form, '' unknown; `last_day`: the day until which evidence counts.
    """
    found = []
    if one.holder and name and _plain(one.holder) != _plain(name):
        found.append(f"持证人“{one.holder}”与申报人“{name}”不同，请核对。")
    issued = dt.date.fromisoformat(one.issued) if one.issued else None
    if issued is not None and last_day is not None and issued > last_day:
        found.append(f"发证日期 {one.issued} 晚于截止日 {last_day.isoformat()}，请核对。")
    if one.level in LEVELS and level in LEVELS and LEVELS.index(one.level) < LEVELS.index(level):
        found.append(f"证书等级“{one.level}”低于表上填的“{level}”，请核对。")
    return tuple(found)


def _plain(name: str) -> str:
    """The name without padding and with one kind of dot; as typed where it can't be a name."""
    try:
        return parse_name(name)
    except BadInput:
        return name
