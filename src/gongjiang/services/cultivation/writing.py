"""What steps at plans, mentors, apprentices and contacts share: texts as they may be kept, rows compared and set."""

from typing import Any, Final

from gongjiang.kernel.errors import BadInput, Stale
from gongjiang.kernel.text import check_length, clean
from gongjiang.models import Honour

LIVING: Final = frozenset({Honour.State.TRAINEE, Honour.State.STANDS, Honour.State.SUSPENDED})
"""Honours whose cultivation still goes on."""

PARAGRAPH: Final = 500


def words(said: str, label: str, longest: int = PARAGRAPH, *, needed: bool = True) -> str:
    """A text as it may be kept, in lines as it was typed. BadInput by its label."""
    return _kept(clean(said).strip(), label, longest, needed)


def line(said: str, label: str, longest: int, *, needed: bool = True) -> str:
    """The same on one line."""
    return _kept(" ".join(clean(said).split()), label, longest, needed)


def _kept(text: str, label: str, longest: int, needed: bool) -> str:
    if needed and not text:
        raise BadInput(f"请填写{label}。", "Required.", place=label)
    decision = check_length(text, longest, label=label)
    if not decision.allowed or len(text) > longest:  # 字 may be fewer than the characters that a column holds
        told = decision.reasons[0].text if decision.reasons else f"{label}不超过{longest}个字符。"
        raise BadInput(told, "Too long.", place=label)
    return text


def write(row: Any, what: str, version: int | None = None, /, **changes: Any) -> None:
    """Compare and set. `what`: how people call the row (这一条); `version`: as the page showed it, where it did.

    Stale for whoever comes second.
    """
    found = type(row).objects.filter(pk=row.pk, version=row.version if version is None else version)
    if not found.update(version=row.version + 1, **changes):
        raise Stale(f"{what}刚刚有人办理过，请刷新后再办。", "Somebody changed it.")
    row.version += 1
    for name, value in changes.items():
        setattr(row, name, value)
