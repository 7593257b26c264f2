"""Make the pages of a notice ahead, so that no reader of it ever reaches the platform."""

import hashlib
import json
import logging
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from gongjiang.documents.notice import notice_docx
from gongjiang.models import Notice
from gongjiang.rules.public_notices.files import Ahead, ahead
from gongjiang.services.programmes.clock import offset
from gongjiang.services.public_notices import shelf
from gongjiang.services.public_notices.export import notice_text
from gongjiang.services.public_notices.face import drawn, drawn_gone
from gongjiang.services.public_notices.pages import NoticePage, is_up, kept, page_of

log = logging.getLogger(__name__)
DAY = timedelta(days=1)
GONE = "gone.html"


def after_commit(notice_ids: Iterable[int], at: datetime) -> None:
    """Make the pages of these notices anew as soon as what is being written stands."""
    for pk in sorted(set(notice_ids)) if settings.PUBLIC_ROOT else ():
        transaction.on_commit(_made_later(pk, at), robust=True)


def _made_later(notice_id: int, at: datetime) -> Callable[[], None]:
    """A function with a name, by which Django tells what failed."""

    def make_pages() -> None:
        _now(notice_id, at)

    return make_pages


def _now(notice_id: int, at: datetime) -> None:
    """A full disk must not undo what is already decided: old pages go, readers get theirs from the platform, and the
    background work tries again."""
    try:
        build(notice_id, at)
    except Exception:  # whatever it is: an old page may not stay
        log.exception("pages of notice %s could not be made", notice_id)
        slug = Notice.objects.values_list("slug", flat=True).get(pk=notice_id)
        for moved in (False, True):
            shelf.remove(shelf.shelf(slug, moved=moved))


def build(notice_id: int, at: datetime) -> bool:
    """Bring the pages of a notice up to what is recorded; True if there was something to do. OSError: no room.

    What is right already is left alone without waiting for whoever writes.
    """
    slug = Notice.objects.filter(pk=notice_id).values_list("slug", flat=True).first()
    if slug is None or not _brought_up(notice_id, at, write=False):
        return False
    with shelf.held(slug):
        return _brought_up(notice_id, at, write=True)


def _brought_up(notice_id: int, at: datetime, *, write: bool) -> bool:
    """Is there something to do? With `write` it is done."""
    notice = Notice.objects.select_related("process__edition__pack", "process__edition__organiser").get(pk=notice_id)
    moved = offset() is not None
    place, other = (shelf.shelf(notice.slug, moved=one) for one in (moved, not moved))
    today = timezone.localtime(at).date()
    if other.exists() or not is_up(notice):
        there = place.exists() or other.exists()
        if write:
            shelf.remove(other)
            shelf.remove(place)
        if not write or not is_up(notice):
            return there
    if not kept(notice, today):
        return _gone(place, write=write)
    page = page_of(notice, at)
    return _pages(place, page, ahead(notice.first_day, _last(page), notice.kept_until, today), write=write)


def _last(page: NoticePage) -> date:
    """The last day of anybody on it."""
    return max([page.notice.last_day, *(one.ends_on for one in page.entries)])


def _gone(place: Path, *, write: bool) -> bool:
    if place.is_dir() and not shelf.strays(place, {"gone"}):
        return False
    if write:
        shelf.write(shelf.root() / GONE, drawn_gone())
        shelf.mark_gone(place)
    return True


def redraw_gone() -> None:
    """The page that stands for all notices no longer kept, as this version draws it; none is made where none was."""
    path = shelf.root() / GONE
    if path.exists() and path.read_bytes() != (drawing := drawn_gone()):
        shelf.write(path, drawing)


def _pages(place: Path, page: NoticePage, names: Ahead, *, write: bool) -> bool:
    mark = fingerprint(page)
    days = [f"{one:%Y-%m-%d}" for one in names.days]
    said: dict[str, Any] = {"mark": mark, "days": days, "over": list(names.over), "title": page.notice.title}
    before = shelf.state(place)
    if before == said or not write:
        return before != said
    shelf.forget(place)  # half made is not made
    same = before.get("mark") == mark
    dates = dict(zip(days, names.days, strict=True))
    if names.over:
        dates[shelf.OVER] = _last(page) + DAY
    # first what readers look at now
    for name, day in sorted(dates.items(), key=lambda one: abs(one[1] - page.today)):
        folder = place / name
        if same and folder.is_dir() and not folder.is_symlink():
            continue
        if folder.is_symlink():
            shelf.remove(folder)
        shelf.write(folder / shelf.USUAL, drawn(page, day), packed=True)
        shelf.write(folder / shelf.LARGE, drawn(page, day, large=True), packed=True)
        shelf.link(folder / shelf.WORD, f"../{shelf.WORD}")
    for name in names.over:
        shelf.link(place / name, shelf.OVER)
    if not same:
        shelf.write(place / shelf.WORD, notice_docx(notice_text(page.notice)))
    for stray in shelf.strays(place, {shelf.WORD, "state.json", *dates, *names.over}):
        shelf.remove(stray)
    shelf.note(place, said)
    return True


def fingerprint(page: NoticePage) -> str:
    """Two pages with the same one look the same on every day."""
    one = page.notice
    entries = [
        (row.shown, row.section, row.group, row.starts_on, row.ends_on, row.state, row.note) for row in page.entries
    ]
    sealed = (page.sealed.size, page.sealed.root) if page.sealed else None
    told = (one.title, one.issuer, one.body, one.contact, one.shows, one.first_day, one.last_day, one.days)
    around = (one.process.edition.organiser.name, page.takes_objections, page.anonymous, sealed, settings.URL, look())
    return hashlib.sha256(json.dumps([told, entries, around], default=str, sort_keys=True).encode()).hexdigest()


@cache
def look() -> str:
    """What pages look like in this version of the platform: templates, and the names of stylesheets and scripts."""
    digest = hashlib.sha256()
    folder = Path(__file__).resolve().parents[2] / "templates"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    for path in (*sorted(folder.rglob("*.html")), *([manifest] if manifest.exists() else [])):
        digest.update(path.read_bytes())
    return digest.hexdigest()
