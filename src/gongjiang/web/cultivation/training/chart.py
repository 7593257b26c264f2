"""Radar and lines of the powers as shapes for a template: points in a box, nothing drawn here. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, pi, sin

from gongjiang.rules.cultivation.cycle import Measured, Moment, growth

RADIUS = 100
CENTRE = (170, 140)
WIDTH, HEIGHT = 560, 240
LEFT, RIGHT, TOP, BOTTOM = 40, 70, 12, 34


@dataclass(frozen=True)
class Spoke:
    """One power: where its line ends and its word stands; `anchor` start, middle or end."""

    power: str
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True)
class Shape:
    """One measure as a polygon: `kind` before or after."""

    kind: str
    label: str
    points: str
    dots: tuple[tuple[float, float], ...]


def _at(angle: float, radius: float) -> tuple[float, float]:
    return round(CENTRE[0] + radius * sin(angle), 1), round(CENTRE[1] - radius * cos(angle), 1)


def radar(powers: Sequence[str], measured: Sequence[Measured]) -> dict[str, object] | None:
    """The latest measure against the first, out of 100 from the middle; None where nothing is measured or fewer than
    three powers are. A power without a score has no dot, and the shape passes over it."""
    if not measured or len(powers) < 3:
        return None
    angles = {power: 2 * pi * n / len(powers) for n, power in enumerate(powers)}
    spokes = []
    for power, angle in angles.items():
        (x, y), (lx, ly) = _at(angle, RADIUS), _at(angle, RADIUS + 14)
        anchor = "middle" if abs(lx - CENTRE[0]) < 8 else "start" if lx > CENTRE[0] else "end"
        spokes.append(Spoke(power, x, y, lx, round(ly + 5, 1), anchor))
    rings = [
        " ".join(f"{x},{y}" for x, y in (_at(a, RADIUS * part) for a in angles.values()))
        for part in (0.25, 0.5, 0.75, 1)
    ]
    chosen = [("after", measured[-1])] if len(measured) == 1 else [("before", measured[0]), ("after", measured[-1])]
    shapes = [_shape(kind, one, angles) for kind, one in chosen]
    return {"spokes": spokes, "rings": rings, "shapes": shapes, "width": 2 * CENTRE[0], "height": 2 * CENTRE[1] - 12}


def _shape(kind: str, one: Measured, angles: Mapping[str, float]) -> Shape:
    dots = tuple(_at(a, RADIUS * float(one.scores[p]) / 100) for p, a in angles.items() if p in one.scores)
    return Shape(kind, one.label, " ".join(f"{x},{y}" for x, y in dots), dots)


def lines(powers: Sequence[str], measured: Sequence[Measured]) -> dict[str, object] | None:
    """One small chart a power over the measures in order, all on the scale 0 to 100; None below two measures."""
    if len(measured) < 2:
        return None
    step = 100 / (len(measured) - 1)
    charts = []
    for power in powers:
        spots = [
            (round(n * step, 1), round(40 - 0.36 * float(one.scores[power]), 1))
            for n, one in enumerate(measured)
            if power in one.scores
        ]
        held = [one.scores[power] for one in measured if power in one.scores]
        if held:
            charts.append(
                {
                    "power": power,
                    "points": " ".join(f"{x},{y}" for x, y in spots),
                    "spots": spots,
                    "first": shown(held[0]),
                    "last": shown(held[-1]),
                    "moved": moved(growth(measured, power)),
                    "up": (growth(measured, power) or 0) >= 0,
                }
            )
    return {"charts": charts}


def table(powers: Sequence[str], measured: Sequence[Measured]) -> list[dict[str, object]]:
    """The same figures as rows: a power, its scores at each measure, how far it moved."""
    return [
        {
            "power": power,
            "scores": [shown(one.scores[power]) if power in one.scores else "—" for one in measured],
            "moved": moved(growth(measured, power)),
        }
        for power in powers
    ]


def heads(measured: Sequence[Measured]) -> list[dict[str, object]]:
    """The head of each column: 第1轮 测, with its day."""
    return [{"label": one.label, "on": one.on, "test": one.moment is Moment.ENTRY} for one in measured]


def shown(value: Decimal) -> str:
    """82 or 82.5, never 82.50.

    >>> shown(Decimal("82.50")), shown(Decimal("100.00"))
    ('82.5', '100')
    """
    return f"{value.normalize():f}"


def moved(value: Decimal | None) -> str:
    """+7.5, −3, 持平; '' where it was measured once."""
    if value is None:
        return ""
    if value == 0:
        return "持平"
    return f"+{shown(value)}" if value > 0 else f"−{shown(-value)}"
