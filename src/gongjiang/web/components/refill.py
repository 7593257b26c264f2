"""A refused dialog stands open again: its questions hold what was typed, the error stands at the one it is about."""

import re
from dataclasses import dataclass
from typing import Any, Final

from django.template import Context

from gongjiang.web.again import Refusal

HERE: Final = "refused_here"
DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass
class Refill:
    """One showing of the dialog. `alone`: it has one question only, so whatever is wrong is about that one; `asked`
    and `told` say afterwards how many questions it had and whether the error found its place."""

    refusal: Refusal
    alone: bool = False
    asked: int = 0
    told: bool = False


def refusal_of(context: Context, dialog: str) -> Refusal | None:
    """The refusal that this dialog met, if it is the one."""
    found: Refusal | None = getattr(context.get("request"), "refusal", None)
    return found if found is not None and found.dialog == dialog else None


def refilled(context: Context, kind: str, name: str, label: str) -> dict[str, Any]:
    """Keywords that bring back what was typed into a question of the dialog being shown; {} anywhere else."""
    refill: Refill | None = context.get(HERE)
    if refill is None:
        return {}
    refill.asked += 1
    typed, place = refill.refusal.typed, refill.refusal.error.place
    found: dict[str, Any] = {}
    if kind == "checks":
        found["value"] = typed.getlist(name)
    elif kind == "check":
        found["value"] = name in typed
    elif kind == "file":
        found["hint"] = "文件没有传上，请重新选择"
    elif kind != "password":
        found["value"] = typed.get(name, "")
    if refill.alone or (place and (place == name or (label and (place in label or label in place)))):
        refill.told = True
        found["error"] = refill.refusal.error.text
    return found


def readable(kind: str, value: Any) -> str:
    """A day that is none stands in a plain box: a box for days would show nothing of it."""
    return "text" if kind == "date" and value and not DAY.fullmatch(str(value)) else kind
