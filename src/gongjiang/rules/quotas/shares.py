"""Places shared by weighted factors: exact quotas within least and most, whole numbers by largest remainder."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import floor

from gongjiang.kernel.errors import BadInput

Figures = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Shared:
    """Whole places by unit and the exact quotas they come from. `tied`: equal remainders of which only `left` get
    one more place; these units stand at their lower number, and people decide."""

    places: Mapping[str, int]
    quotas: Mapping[str, Fraction]
    tied: tuple[str, ...] = ()
    left: int = 0


def weighted(figures: Mapping[str, Figures], weights: Figures) -> dict[str, Fraction]:
    """Each unit's part of the whole: the sum over factors of weight × (its figure ÷ all figures).

    `figures`: factor → unit → figure. A factor that is 0 everywhere gives nothing to anybody.
    """
    found: dict[str, Fraction] = {}
    for factor, weight in weights.items():
        row = figures[factor]
        whole = sum(row.values(), Fraction(0))
        for unit, figure in row.items():
            found[unit] = found.get(unit, Fraction(0)) + (weight * figure / whole if whole else 0)
    return found


def share(total: int, parts: Figures, *, least: int = 0, most: int | None = None) -> Shared:
    """`total` places in proportion to `parts`, each unit within `least` and `most`.

    Raises BadInput where the bounds leave no way, or nobody has a part.
    """
    top = total if most is None else most
    if len(parts) * least > total:
        raise BadInput(
            f"每家至少 {least} 名，{len(parts)} 家共须 {len(parts) * least} 名，超过总数 {total} 名。",
            "The least numbers add up to more than the total.",
            place="名额总数",
        )
    if len(parts) * top < total:
        raise BadInput(
            f"每家至多 {top} 名，{len(parts)} 家共 {len(parts) * top} 名，分不完总数 {total} 名。",
            "The greatest numbers add up to less than the total.",
            place="名额总数",
        )
    quotas = _within(Fraction(total), parts, Fraction(least), Fraction(top))
    return _whole(total, quotas)


def _within(total: Fraction, parts: Figures, least: Fraction, most: Fraction) -> dict[str, Fraction]:
    """Quotas `level × part` held between least and most, with the one level at which they add up to the total."""
    moving = {unit: part for unit, part in parts.items() if part > 0}
    still = {unit: least for unit in parts if unit not in moving}
    turns = sorted({bound / part for part in moving.values() for bound in (least, most)})

    def at(level: Fraction) -> dict[str, Fraction]:
        return still | {unit: min(max(level * part, least), most) for unit, part in moving.items()}

    if not moving or sum(at(turns[-1]).values()) < total:
        raise BadInput("有名额没有单位可给：请补齐各单位的数字。", "Places are left over.", place="名额总数")
    high = next(level for level in turns if sum(at(level).values()) >= total)
    low = max((level for level in turns if level < high), default=high)
    below, above = sum(at(low).values()), sum(at(high).values())
    level = high if above == below else low + (high - low) * (total - below) / (above - below)
    quotas = at(level)
    return {unit: quotas[unit] for unit in parts}


def _whole(total: int, quotas: Mapping[str, Fraction]) -> Shared:
    """Whole numbers: the floor, then one more for the largest remainders; a tie at the cut stays open."""
    places = {unit: floor(one) for unit, one in quotas.items()}
    rests = {unit: quotas[unit] - places[unit] for unit in quotas}
    left = total - sum(places.values())
    order = sorted(rests, key=lambda unit: -rests[unit])
    if left == 0:
        return Shared(places, quotas)
    cut = rests[order[left - 1]]
    sure = [unit for unit in order if rests[unit] > cut]
    equal = tuple(unit for unit in order if rests[unit] == cut)
    if len(sure) + len(equal) > left:
        for unit in sure:
            places[unit] += 1
        return Shared(places, quotas, equal, left - len(sure))
    for unit in order[:left]:
        places[unit] += 1
    return Shared(places, quotas)
