"""Decreed working days: loaded year by year, each from the State Council's arrangement."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from gongjiang.catalogue.workdays import decreed_calendar
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound
from gongjiang.models import CalendarYear
from gongjiang.services.audit.append import append

NAME = "cn-state-council"
_SPLIT = re.compile(r"[\s,，、;；]+")
_DAY = re.compile(r"(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?")


def may_load(actor: Actor) -> bool:
    """System administrators."""
    return actor.is_platform or actor.has("system_admin")


def years(actor: Actor) -> list[CalendarYear]:
    """Loaded years, the newest first."""
    if not may_load(actor):
        raise NotFound()
    return list(CalendarYear.objects.filter(calendar=NAME).order_by("-year"))


def known_elsewhere(year: int) -> tuple[list[str], list[str]] | None:
    """Days off and worked days of a year that the installed tables know, to fill the form with; None otherwise."""
    decreed = decreed_calendar()
    if year not in decreed.years:
        return None
    off = sorted(one.isoformat() for one in decreed.holidays if one.year == year)
    return off, sorted(one.isoformat() for one in decreed.worked if one.year == year)


def read_days(text: str, year: int, place: str) -> list[date]:
    """Days as people write them: 2027-02-06, 2月6日, 2.6, and spans with 至 or ~, one year only."""
    found: list[date] = []
    for word in filter(None, _SPLIT.split(text.replace("至", "~").replace("—", "~").replace("～", "~"))):
        ends = [_day(part, year, place) for part in word.split("~")]
        if len(ends) > 2 or ends[-1] < ends[0]:
            raise BadInput(f"“{word}”不是一段日期。", "Not a span of days.", place=place)
        found += [ends[0] + timedelta(days=n) for n in range((ends[-1] - ends[0]).days + 1)]
    if any(one.year != year for one in found):
        raise BadInput(f"有的日期不在{year}年。", f"Some days are not in {year}.", place=place)
    return sorted(set(found))


def _day(word: str, year: int, place: str) -> date:
    fits = _DAY.fullmatch(word)
    if fits is None:
        raise BadInput(f"“{word}”不是日期，请写作 {year}-02-06 或 2月6日。", "Not a date.", place=place)
    try:
        return date(int(fits[1] or year), int(fits[2]), int(fits[3]))
    except ValueError:
        raise BadInput(f"没有“{word}”这一天。", "No such day.", place=place) from None


@transaction.atomic
def load_year(
    *, actor: Actor, at: datetime, year: int, holidays: Iterable[date], worked: Iterable[date], source: str
) -> CalendarYear:
    """Load a decreed year, or put a loaded one right. `holidays`: days off besides plain weekends may be among
    them; `worked`: weekend days that are worked. `source`: the document's title and number."""
    if not may_load(actor):
        raise NotFound()
    off, on = sorted(set(holidays)), sorted(set(worked))
    if not 2000 <= year <= 2100:
        raise BadInput("年份须在 2000 至 2100 之间。", "Not a year.", place="年份")
    if not source.strip():
        raise BadInput("须写明依据的文件和文号。", "Name the document.", place="依据文件")
    if not off:
        raise BadInput("没有一天放假，请核对。", "No days off.", place="放假日")
    both = [one for one in on if one in off]
    weekdays = [one for one in on if one.weekday() < 5]
    if both:
        raise BadInput(f"{both[0].isoformat()} 既放假又上班。", "Off and worked at once.", place="调休上班日")
    if weekdays:
        raise BadInput(f"{weekdays[0].isoformat()} 不是周末，不用调休。", "Not a weekend.", place="调休上班日")
    made, _ = CalendarYear.objects.update_or_create(
        calendar=NAME,
        year=year,
        defaults={
            "holidays": [one.isoformat() for one in off],
            "worked": [one.isoformat() for one in on],
            "source": source.strip()[:120],
        },
    )
    append(
        actor=actor,
        at=at,
        action="calendar.load",
        kind="calendar",
        key=year,
        data={"off": len(off), "worked": len(on), "source": made.source},
    )
    return made
