"""In the background: whatever changed, and on every new day, the pages of notices are brought up to what is recorded.

Nothing changes without an entry of the log. While the log, the day and the look of pages are those of the last time,
there is nothing to do; else the notices of the editions that the new entries speak of are looked at, and on a new day
or after an upgrade all of them.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from gongjiang.models import Entry, Notice
from gongjiang.services.programmes.clock import offset
from gongjiang.services.public_notices import shelf
from gongjiang.services.public_notices.build import build, look, redraw_gone

log = logging.getLogger(__name__)
AT_ONCE: Final = 20
"""So many notices are made in one piece of work; what is left is the next one."""
PAUSE: Final = timedelta(seconds=30)
"""Until the next try where it could not be done."""
LAG: Final = timedelta(seconds=2)
"""Who writes makes the pages too, at once; only what stayed undone is done here."""


@dataclass
class Keeper:
    """Looks after the folder of pages."""

    rests_until: datetime | None = None

    def next_job(self, at: datetime) -> Callable[[], None] | None:
        """What there is to bring up to date, or None (cli/jobs). `at`: the platform's time."""
        if not settings.PUBLIC_ROOT or (self.rests_until is not None and at < self.rests_until):
            return None
        now = {
            "seq": Entry.objects.filter(at__lte=at - LAG).order_by("-seq").values_list("seq", flat=True).first() or 0,
            "day": f"{timezone.localtime(at):%Y-%m-%d}",
            "look": look(),
            "moved": offset() is not None,
        }
        before = shelf.seen()
        if before == now:
            return None
        return partial(self._catch_up, at, before, now)

    def _catch_up(self, at: datetime, before: dict[str, Any], now: dict[str, Any]) -> None:
        try:
            if catch_up(at, before, now):
                shelf.note_seen(now)
        except Exception:  # one notice that can't be drawn doesn't stop what else is done in the background
            log.exception("pages of notices could not be made")
            self.rests_until = at + PAUSE


def catch_up(at: datetime, before: dict[str, Any], now: dict[str, Any]) -> bool:
    """Make what isn't up to date; True if nothing is left to do."""
    same = all(before.get(key) == now[key] for key in ("day", "look", "moved"))
    notices = Notice.objects.order_by("-id")
    if same:
        fresh = Entry.objects.filter(seq__gt=before.get("seq", 0), seq__lte=now["seq"]).order_by()
        editions = set(fresh.filter(edition_id__isnull=False).values_list("edition_id", flat=True).distinct())
        cases = set(fresh.filter(case_id__isnull=False, edition_id=None).values_list("case_id", flat=True).distinct())
        notices = notices.filter(Q(process__edition_id__in=editions) | Q(entries__case_id__in=cases)).distinct()
    else:
        _prune()
    if before.get("look") != now["look"]:
        redraw_gone()
    made = 0
    for pk in notices.values_list("pk", flat=True):
        made += build(pk, at)
        if made >= AT_ONCE:
            return False
    return True


def _prune() -> None:
    """Pages of notices that are no longer on record, as after going back to a backup."""
    known = set(Notice.objects.values_list("slug", flat=True))
    for name in ("notices", "moved"):
        for one in shelf.strays(shelf.root() / name, known):
            shelf.remove(one)
