"""How long a notice lasts, as the pack says and the edition answered."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from gongjiang.kernel.dates import long_date
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.kernel.workdays import Period, Unit
from gongjiang.rules.programmes.stage_types.publish import Publish
from gongjiang.rules.public_notices.period import NoticeTerms
from gongjiang.services.programmes.programme import Programme, calendar_of
from gongjiang.services.programmes.windows import window_of

UNITS: Final[dict[str, Unit]] = {
    "working_day": "working_day",
    "day": "calendar_day",
    "month": "month",
    "year": "year",
}
"""Units of a pack's lengths in words of the calendar."""


@dataclass(frozen=True)
class Days:
    """The days of one posting: `first` is the day it goes up, `counted` are those that count, `last` the last."""

    first: date
    last: date
    counted: tuple[date, ...]
    text: str
    warnings: tuple[str, ...] = ()


def terms_of(programme: Programme, stage: Publish) -> NoticeTerms | None:
    """Length, unit and first day; None where the pack gives the notice no length."""
    spec = programme.time(stage.period)
    if spec is None or spec.length is None:
        return None
    raw = spec.length.exactly if spec.length.exactly is not None else spec.length.at_least
    length = programme.value(raw)
    if length is None:
        raise BadInput("公示期还没有确定，请先答复。", "The length of the notice is not answered.", place=spec.shown)
    first = "counts" if programme.value(spec.first_day) == "counts" else "next"
    return NoticeTerms(int(exact(length)), UNITS[spec.length.unit], first)  # type: ignore[arg-type]


def days_of(programme: Programme, stage: Publish, published_on: date) -> Days:
    """The days of a notice posted on a day. Raises UndecreedYear where the calendar ends before it does."""
    terms = terms_of(programme, stage)
    if terms is None:
        return Days(published_on, published_on, (published_on,), "当日")
    period: Period = terms.period(published_on, calendar_of(programme.pack.pack.calendar))
    return Days(
        published_on, period.last, period.days, _counted(terms), _outside(programme, stage, published_on, period.last)
    )


def _counted(terms: NoticeTerms) -> str:
    return terms.text().partition("（")[0]


def _outside(programme: Programme, stage: Publish, first: date, last: date) -> tuple[str, ...]:
    """Told, not refused: the notice names a month for the posting, and substitutes come later by nature."""
    window = window_of(programme, stage.period)
    spec = programme.time(stage.period)
    clause = f"（{spec.clause}）" if spec is not None and spec.clause else ""
    told: list[str] = []
    if window.opens is not None and first < window.opens.date():
        told.append(f"通知规定公示自{long_date(window.opens.date())}起{clause}，现为{long_date(first)}。")
    if window.last_day is not None and last > window.last_day:
        told.append(f"通知规定公示至{long_date(window.last_day)}止{clause}，现到{long_date(last)}才满。")
    return tuple(told)
