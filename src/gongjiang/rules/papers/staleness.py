"""What changed between a print and the form as it stands: box by box, by hashes. Boxes that were left open for a pen
(an opinion to be written and sealed, a day to be dated) may be filled since."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One box of a sheet: its label, a hash of what stood in it, and whether it was left open."""

    label: str
    hash: str
    open: bool = False


def changed_boxes(printed: Iterable[Mark], now: Iterable[Mark]) -> tuple[str, ...]:
    """Labels of the boxes that say otherwise now, are gone or new, in the order of the sheet; empty if the print still
    says what the form says. Boxes of the same label are told apart by their place among them."""
    before, after = _placed(printed), _placed(now)
    found = [
        key[0] for key, mark in before.items() if not mark.open and (key not in after or after[key].hash != mark.hash)
    ]
    found += [key[0] for key, mark in after.items() if key not in before and not mark.open]
    return tuple(dict.fromkeys(found))


def _placed(marks: Iterable[Mark]) -> dict[tuple[str, int], Mark]:
    counted: dict[str, int] = {}
    found: dict[tuple[str, int], Mark] = {}
    for one in marks:
        counted[one.label] = counted.get(one.label, 0) + 1
        found[one.label, counted[one.label]] = one
    return found
