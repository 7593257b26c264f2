"""How well an expert fits a case by trade: what a draw weighs, and who belongs to a group of a trade."""

import unicodedata
from collections.abc import Iterable
from typing import Final

#: The very trade; one within the other (焊工 and 电焊工); the industry only.
SAME: Final = 1000
NEAR: Final = 700
INDUSTRY: Final = 400


def affinity(trades: Iterable[str], trade: str, industry: str = "") -> int:
    """0–1,000 between the trades that an expert knows and a case's.

    >>> affinity(["电焊工"], "焊工")
    700
    """
    known = {_plain(one) for one in trades} - {""}
    wanted, around = _plain(trade), _plain(industry)
    if wanted and wanted in known:
        return SAME
    if wanted and any(one in wanted or wanted in one for one in known):
        return NEAR
    return INDUSTRY if around and around in known else 0


def in_group(trades: Iterable[str], trade: str) -> bool:
    """Does the expert belong to the group of this trade? Who has no trade belongs to every group, a case too."""
    known = {_plain(one) for one in trades} - {""}
    return not _plain(trade) or not known or affinity(known, trade) >= NEAR


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).casefold()
