"""One sum for several: 20% to whoever leads, 80% to the studio, exact to the cent (mechanisms 11)."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import percent

CENT: Final = Decimal("0.01")


def shares_of(split: Mapping[str, str]) -> dict[str, Fraction]:
    """The shares as written, as fractions of the whole. BadInput where one is no percentage, none is positive or they
    don't make up the whole: the pack's own check says it first."""
    found = {part: percent(str(share)) for part, share in split.items()}
    if not found or min(found.values()) <= 0 or sum(found.values()) != 1:
        raise BadInput("各份合计须为 100%，每份大于 0。", "Shares make up the whole.", place="split")
    return found


def split_sum(total: Decimal, shares: Mapping[str, Fraction]) -> dict[str, Decimal]:
    """Each part's sum in 元. Parts are cut to the cent; what is left goes to the largest, the first of equals.

    >>> split_sum(Decimal("100.00"), shares_of({"leader": "33.33%", "studio": "66.67%"}))
    {'leader': Decimal('33.33'), 'studio': Decimal('66.67')}
    """
    cents = int(total / CENT)
    found = {part: int(cents * share) for part, share in shares.items()}
    largest = max(shares, key=lambda part: shares[part])
    found[largest] += cents - sum(found.values())
    return {part: (Decimal(n) * CENT).quantize(CENT) for part, n in found.items()}


def payee_of(part: str, name: str, unit: str) -> str:
    """Who takes a part, as a receipt would have it: from the honour's name and the unit it works for."""
    if part == "unit" and unit:
        return unit
    suffix = {"studio": "工作室", "apprentice": "的徒弟", "family": "的家属", "team": "团队"}.get(part, "")
    return f"{name}{suffix}"
