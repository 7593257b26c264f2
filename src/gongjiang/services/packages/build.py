"""Packages are built in the background, a piece at a time. The rows of their pieces are the queue: nothing is lost by a
restart, several workers may stand at it, and other work comes in between."""

import errno
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from gongjiang.documents.pdf import render_together
from gongjiang.kernel.actor import platform
from gongjiang.kernel.errors import GongjiangError
from gongjiang.models import Package, PackagePart
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.printing import sheets_of
from gongjiang.services.packages import shelf
from gongjiang.services.packages.closing import cases_of, close_archive, close_book
from gongjiang.services.packages.contents import contents_of, pieces
from gongjiang.services.programmes.programme import programme_of

TRIES: Final = 3
STALE: Final = timedelta(minutes=5)
"""A piece in hand of which nothing was heard for so long belongs to a worker that died over it: it is built anew."""
RENEW: Final = timedelta(minutes=1)
"""So often a worker that gets on says so: gigabytes of evidence take longer than `STALE`."""
KEPT: Final = timedelta(days=7)
"""A package can be made again any time; what lies about is a risk."""
NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
FULL: Final = "平台的存储空间不足，没有生成，已写的部分都已删去。请联系平台管理员腾出空间后再试。"

NOBODY: Final = "选定的人都没有这张表。"

Going = Callable[[], datetime]
"""Called with every chunk of bytes that has moved: tells whoever watches the worker that it gets on, and gives the
time."""


class NotMine(Exception):
    """The package was taken back, or its piece given to another worker, while this one was at it."""


@dataclass
class Hold:
    """A piece in hand, kept as long as its bytes move."""

    part: PackagePart
    going: Going

    def renew(self) -> None:
        """The worker gets on. NotMine once the piece is no longer its own: what it still did would be in vain."""
        now, taken = self.going(), self.part.taken_at
        if taken is not None and now - taken < RENEW:
            return
        if not _in_hand(self.part).update(taken_at=now):
            raise NotMine
        self.part.taken_at = now


def next_job(at: datetime, going: Going | None = None) -> Callable[[], None] | None:
    """The next piece to build or package to clear, in hand (cli/jobs); None if nothing waits."""
    part = claim(at)
    if part is not None:
        return partial(build, part, at, going)
    old = Package.objects.filter(expires_at__lte=at).exclude(state=Package.State.GONE).order_by("id").first()
    return None if old is None else partial(_expire, old, at)


def claim(at: datetime) -> PackagePart | None:
    """Take the next piece in hand; the closing one only once all others are built."""
    undone = PackagePart.objects.filter(package=OuterRef("package"), closing=False).exclude(state="done")
    due = Q(state=PackagePart.State.WAITING) | Q(state=PackagePart.State.RUNNING, taken_at__lt=at - STALE)
    while True:
        row = (
            PackagePart.objects.filter(due, package__state=Package.State.WAITING)
            .filter(Q(closing=False) | ~Exists(undone))
            .select_related("package__edition__pack", "package__edition__organiser")
            .order_by("package_id", "number")
            .first()
        )
        if row is None:
            return None
        if row.tries >= TRIES:
            _fail(row.package, at, "有一部分三次都没有做成。请联系平台管理员。")
            continue
        mine = PackagePart.objects.filter(pk=row.pk, state=row.state, tries=row.tries, taken_at=row.taken_at)
        if mine.update(state=PackagePart.State.RUNNING, tries=row.tries + 1, taken_at=at):
            row.state, row.tries, row.taken_at = PackagePart.State.RUNNING, row.tries + 1, at
            return row


def build(part: PackagePart, at: datetime, going: Going | None = None) -> None:
    """Make a piece in hand, which stays in hand while its bytes move. A full disk ends the package, and nothing of it
    is left; a storage that doesn't answer leaves the piece in hand, so that it is tried again later."""
    hold = Hold(part, going or (lambda: at))
    try:
        told, entries, lost = _made(part, hold)
        size = shelf.put(part.package_id, part.number, told)
    except NotMine:
        _sweep(part)
        return
    except OSError as error:
        if error.errno in NO_ROOM:
            _fail(part.package, at, FULL)
        return
    _in_hand(part).update(state=PackagePart.State.DONE, size=size, entries=entries, lost=lost)
    if part.closing and not size:
        _fail(part.package, at, NOBODY)
    elif part.closing:
        _finish(part, at, lost)
    _sweep(part)


def _in_hand(part: PackagePart) -> QuerySet[PackagePart]:
    """The piece's row, as long as this worker's try is the one that counts."""
    return PackagePart.objects.filter(pk=part.pk, state=PackagePart.State.RUNNING, tries=part.tries)


def _sweep(part: PackagePart) -> None:
    if not Package.objects.filter(pk=part.package_id, state__in=["waiting", "done"]).exists():
        shelf.clear(part.package_id)  # taken back, or failed, while this piece was being made


def _made(part: PackagePart, hold: Hold) -> tuple[Iterator[bytes], list[dict[str, object]], list[str]]:
    package = part.package
    stamp = timezone.localtime(package.asked_at)
    book = package.kind == Package.Kind.BOOK
    if part.closing and book:
        told, lost = close_book(part)
        return told, [], lost
    if part.closing:
        told, ours, lost = close_archive(part, stamp)
        return told, [one.filed.told() for one in ours], lost
    if book:
        return _chapter(part)
    (case,) = cases_of(part.cases)
    found, lost = contents_of(programme_of(case.process), case, part.folder, package.contents, hold.renew)
    return pieces(found, stamp), [one.filed.told() for one in found], lost


def _chapter(part: PackagePart) -> tuple[Iterator[bytes], list[dict[str, object]], list[str]]:
    """The forms of some people in one PDF, so that typefaces are in it once."""
    sheets, lost = [], []
    for case in cases_of(part.cases):
        try:
            made = sheets_of(programme_of(case.process), case, part.package.contents["papers"])
        except GongjiangError as error:
            lost.append(f"{case.title}（{case.number}）没有印出来：{error}")
            continue
        sheets += [sheet for _, sheet in made]
        if not made:
            lost.append(f"{case.title}（{case.number}）没有这张表。")
    try:
        return iter((render_together(sheets),) if sheets else ()), [], lost
    except GongjiangError as error:
        names = "、".join(sheet.code.case_no for sheet in sheets if sheet.code)
        return iter(()), [], [*lost, f"{names}：没有印出来：{error}"]


@transaction.atomic
def _finish(part: PackagePart, at: datetime, lost: list[str]) -> None:
    package = part.package
    if package.kind == Package.Kind.BOOK:
        for one in package.parts.filter(closing=False):
            shelf.drop(package.pk, one.number)
        package.parts.filter(closing=False).update(size=0)
    size = package.parts.aggregate(all=Sum("size"))["all"] or 0
    done = Package.objects.filter(pk=package.pk, state=Package.State.WAITING)
    if done.update(state=Package.State.DONE, size=size, lost=lost, done_at=at, expires_at=at + KEPT):
        _say(package, at, f"“{package.title}”已生成，可以下载。", "package.done", size=size, lost=len(lost))


@transaction.atomic
def _fail(package: Package, at: datetime, why: str) -> None:
    failed = Package.objects.filter(pk=package.pk, state=Package.State.WAITING)
    if failed.update(state=Package.State.FAILED, why=why, done_at=at, expires_at=at + KEPT):
        _say(package, at, f"“{package.title}”没有生成：{why}", "package.fail")
    shelf.clear(package.pk)


@transaction.atomic
def _expire(package: Package, at: datetime) -> None:
    """The bytes of a package whose days are over are cleared; the row says that there was one."""
    shelf.clear(package.pk)
    if Package.objects.filter(pk=package.pk).exclude(state=Package.State.GONE).update(state=Package.State.GONE):
        package.parts.all().delete()
        _say(package, at, "", "package.expire")


def _say(package: Package, at: datetime, text: str, action: str, **data: object) -> None:
    if text:
        tell(at=at, text=text, link=f"packages:{package.edition_id}", user_id=package.asked_by_id)
    append(
        actor=platform(),
        at=at,
        action=action,
        kind="package",
        key=package.pk,
        edition_id=package.edition_id,
        data={"cases": len(package.cases), **data},
    )
