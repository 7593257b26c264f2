"""禁报期: who may not be nominated now, and why; told on the form before it is handed in, refused when it is.

A bar holds in every programme of the organiser that set it, and in programmes that are set up under the one in which
it was set (`extends`), whoever organises them.
"""

from collections.abc import Iterable
from datetime import date, datetime

from gongjiang.kernel.dates import long_date
from gongjiang.models import Bar, Case, Subject
from gongjiang.rules.programmes.cycles import family
from gongjiang.services.nominations.twice import known_person
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import today_of


def bar_on(programme: Programme, subject_id: int, today: date) -> Bar | None:
    """The bar that runs longest on somebody here; None where none does."""
    rows = Bar.objects.filter(subject_id=subject_id, from_date__lte=today, until__gte=today).order_by("-until", "pk")
    return next((one for one in rows if _holds(one, programme)), None)


def barred_words(programme: Programme, case: Case, at: datetime) -> str:
    """What the form says of it, blank for nothing. A draft that was never handed in is told only where both the name
    and the number are the person's: nobody finds out about others by typing numbers. A case over an honour that is
    held is no nomination."""
    if case.over_id is not None:
        return ""
    subject = case.subject_id
    if subject is None:
        known = known_person(programme, case)
        name = str(opened(case.values, programme.pack.vocabulary).get("name") or "").strip()
        same = known is not None and bool(name) and Subject.objects.filter(pk=known, name=name).exists()
        subject = known if same else None
    found = bar_on(programme, subject, today_of(at)) if subject is not None else None
    return said(case.title, found) if found is not None else ""


def said(name: str, bar: Bar) -> str:
    """`何焊平在2031年11月28日前不得申报（…）`."""
    return f"{name}在{long_date(bar.until)}前不得申报（{bar.basis}）"


def _holds(bar: Bar, programme: Programme) -> bool:
    return bar.organiser_id == programme.edition.organiser_id or family(bar.programme) in _above(programme)


def _above(programme: Programme) -> set[str]:
    uppers: Iterable[str] = (one.id for one in programme.pack.uppers)
    return {family(one) for one in (programme.pack.id, *uppers)}
