"""How what became of an honour is marked on a page."""

from typing import Any, Final

MARKS: Final = {
    "stands": "named", "trainee": "in_progress", "ended": "passed", "suspended": "returned", "revoked": "struck",
}  # fmt: skip
"""The kind of mark by the honour's state."""


def mark_of(honour: Any) -> tuple[str, str]:
    """Kind and words of the mark, as `{% state %}` takes them."""
    return MARKS[honour.state], honour.get_state_display()
