"""A national list before its public notice, an officer of the union who is signed in, all invented."""

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from benchmarks.support.many_cases import fill
from benchmarks.support.national_edition import BEFORE, national_edition
from gongjiang.models import CalendarYear, Case, Grant, Organisation, StageRow, User
from gongjiang.services.programmes.programme import Programme, programme_of

RESERVES = 5


def posted_list(people: int, at: datetime) -> Programme:
    """`people` places for the notice, some more people in order behind them; the working days of this year and the
    next are those of the week where they aren't decreed."""
    programme, province = national_edition()
    for year in (at.year, at.year + 1):
        CalendarYear.objects.get_or_create(
            year=year, defaults={"holidays": [], "worked": [], "source": "测算用", "calendar": "cn-state-council"}
        )
    edition = programme.edition
    edition.params = {**edition.params, "places": people}
    edition.save()
    fill(programme, province, people + RESERVES)
    cases = list(Case.objects.filter(process=programme.process).order_by("id"))
    rows = [
        StageRow(case=case, process=programme.process, stage=stage, state=state, position=place, opened_at=at)
        for n, case in enumerate(cases, 1)
        for stage, state, place in (("approve", "done", n), ("notice", "open", None))
    ]
    StageRow.objects.filter(process=programme.process).update(state="done", moved_at=at)
    StageRow.objects.bulk_create(rows)
    return programme_of(programme.process)


def signed_in(username: str) -> str:
    """The cookie of a new account that acts and decides for the union."""
    union = Organisation.objects.get(level="national", kind="union")
    user = User.objects.create(username=username, full_name="章有序")
    Grant.objects.bulk_create(
        Grant(user=user, organisation=union, role=role, since=BEFORE) for role in ("officer", "approver")
    )
    session = SessionStore()
    said: dict[str, Any] = {
        SESSION_KEY: str(user.pk),
        BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend",
        HASH_SESSION_KEY: user.get_session_auth_hash(),
    }
    session.update(said)
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def lefts(days: list[str], day: date) -> int:
    """Counted days that are not over, reckoned apart from the platform."""
    return sum(one >= day.isoformat() for one in days)
