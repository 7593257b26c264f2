"""How an honour's standing may change, and what its certificate is worth then (ledger M-17, X-06).

A certificate is valid ⇔ the honour stands (TRUST 8): nothing else says so, no copy of it is kept anywhere.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Standing(StrEnum):
    """What an honour is in the register."""

    TRAINEE = "trainee"
    STANDS = "stands"
    SUSPENDED = "suspended"
    ENDED = "ended"
    REVOKED = "revoked"


class Change(StrEnum):
    """What may happen to it."""

    SUSPEND = "suspend"  # 暂停: for the time of an inquiry
    RESTORE = "restore"  # 恢复: back to what it was
    WITHDRAW = "withdraw"  # 撤销
    END = "end"  # 期满
    CONFER = "confer"  # 认定: a trainee passed the assessment (measures-2025 第十五条)
    REINSTATE = "reinstate"  # 恢复已撤销的: by a decision of the same rank only


class Worth(StrEnum):
    """What a certificate is worth today, as a check tells it."""

    VALID = "valid"
    SUSPENDED = "suspended"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


HELD: Final = frozenset({Standing.TRAINEE, Standing.STANDS})
BACK: Final = "back"
"""To where it was before."""

MOVES: Final[Mapping[tuple[Standing, Change], Standing | str]] = {
    (Standing.TRAINEE, Change.SUSPEND): Standing.SUSPENDED,
    (Standing.STANDS, Change.SUSPEND): Standing.SUSPENDED,
    (Standing.SUSPENDED, Change.RESTORE): BACK,
    (Standing.TRAINEE, Change.WITHDRAW): Standing.REVOKED,
    (Standing.STANDS, Change.WITHDRAW): Standing.REVOKED,
    (Standing.SUSPENDED, Change.WITHDRAW): Standing.REVOKED,
    (Standing.ENDED, Change.WITHDRAW): Standing.REVOKED,
    (Standing.TRAINEE, Change.CONFER): Standing.STANDS,
    (Standing.TRAINEE, Change.END): Standing.ENDED,
    (Standing.STANDS, Change.END): Standing.ENDED,
    (Standing.SUSPENDED, Change.END): Standing.ENDED,
    (Standing.REVOKED, Change.REINSTATE): BACK,
}
"""(from, what) to the new standing; anything not named is refused."""


def next_standing(now: Standing, change: Change, held_before: Standing | None) -> Standing | None:
    """The standing after a change, None where it isn't lawful. `held_before`: what it last was while it was held."""
    to = MOVES.get((now, change))
    if to is None:
        return None
    if to == BACK:
        return held_before if held_before in HELD else None
    return Standing(to)


def worth(standing: Standing, *, replaced: bool, past_term: bool) -> Worth:
    """What a certificate is worth. `replaced`: a later one took its place; `past_term`: its last day has gone by."""
    if standing is Standing.REVOKED:
        return Worth.WITHDRAWN
    if replaced:
        return Worth.REPLACED
    if standing is Standing.SUSPENDED:
        return Worth.SUSPENDED
    if standing is Standing.ENDED or past_term:
        return Worth.ENDED
    return Worth.VALID
