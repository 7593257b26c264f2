"""Load decreed years into the installation's working-day calendar: a year that is not here is refused, not guessed."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed
from gongjiang.kernel.workdays import Calendar
from gongjiang.models import CalendarYear
from gongjiang.services.audit.append import append

PACKAGE = "国务院办公厅关于部分节假日安排的通知（据 chinesecalendar 所录）"
_SATURDAY = 5


@transaction.atomic
def load_year(
    *,
    actor: Actor,
    at: datetime,
    calendar: str,
    year: int,
    holidays: Sequence[date],
    worked: Sequence[date],
    source: str,
) -> CalendarYear:
    """One year as the State Council decreed it. `holidays`: days off; `worked`: weekend days that are worked.

    Raises BadInput for a day outside the year, a day in both lists, a worked day that is no weekend, or no source.
    """
    if not (actor.is_platform or actor.has("system_admin")):
        raise NotAllowed("工作日历由系统管理员载入。", "Only system administrators load calendars.")
    if not source.strip():
        raise BadInput("请写明依据的文件。", "Name the decree.", place="依据")
    for day in (*holidays, *worked):
        if day.year != year:
            raise BadInput(f"{day.isoformat()} 不在 {year} 年内。", f"Not a day of {year}.", place=day.isoformat())
    both = sorted(set(holidays) & set(worked))
    if both:
        raise BadInput("既放假又上班。", "Both off and worked.", place=both[0].isoformat())
    plain = next((day for day in sorted(worked) if day.weekday() < _SATURDAY), None)
    if plain is not None:
        raise BadInput("不是周末，不必列为调休上班日。", "No weekend day.", place=plain.isoformat())
    if not holidays:
        raise BadInput(f"{year} 年没有一天放假，请核对。", "A year without holidays.", place=str(year))
    made, _ = CalendarYear.objects.update_or_create(
        calendar=calendar,
        year=year,
        defaults={
            "holidays": [day.isoformat() for day in sorted(holidays)],
            "worked": [day.isoformat() for day in sorted(worked)],
            "source": source.strip(),
        },
    )
    append(actor=actor, at=at, action="calendar.load", kind="calendar", key=year, data={"source": made.source})
    return made


@transaction.atomic
def load_decreed(*, actor: Actor, at: datetime, calendar: str, decreed: Calendar) -> list[int]:
    """Years of a decreed calendar that this installation lacks; returns them. What is loaded already stays."""
    missing = sorted(decreed.years - set(CalendarYear.objects.filter(calendar=calendar).values_list("year", flat=True)))
    CalendarYear.objects.bulk_create(
        CalendarYear(
            calendar=calendar,
            year=year,
            holidays=sorted(day.isoformat() for day in decreed.holidays if day.year == year),
            worked=sorted(day.isoformat() for day in decreed.worked if day.year == year),
            source=PACKAGE,
        )
        for year in missing
    )
    if missing:
        data = {"years": missing, "source": PACKAGE}
        append(actor=actor, at=at, action="calendar.load", kind="calendar", key=calendar, data=data)
    return missing
