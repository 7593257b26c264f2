"""In the background, where the reader is installed: what stands on a file's first pages. A certificate is suggested to
whoever fills in and held against what they typed; a scan of an identity card, which nobody asked for, is turned back.

It comes after the previews, whose pictures it reads, and in a queue of its own: reading takes seconds a page, and no
preview waits for it. A machine changes nothing that was handed in: there it only points the card out.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from PIL import Image

from gongjiang.kernel.actor import platform
from gongjiang.models import Case, File, FileHint, FileMark, Likeness, Prepared, Recognised
from gongjiang.rules.evidence.certificate_text import is_identity_card, read_lines
from gongjiang.rules.evidence.secrecy import scan
from gongjiang.rules.programmes.schema.material import Attachment
from gongjiang.services.evidence import ocr, previews, storage
from gongjiang.services.evidence.editing import open_now
from gongjiang.services.evidence.in_hand import take_in_hand
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.note import note_case
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.programmes.programme import programme_of

CARD_PAGES: Final = 2
"""A scan of an identity card has no more."""
_DONE: Final = (Prepared.DONE, Prepared.FAILED)


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next file to read, in hand (cli/jobs); None if none waits, or nothing here can read."""
    row = claim(at) if ocr.present() else None
    return None if row is None else partial(recognise, row, at)


def claim(at: datetime) -> File | None:
    """Take the next file with pictures in hand; None if none waits."""
    rows = File.objects.filter(removed_at=None, prepared__in=_DONE, previews__gt=0)
    rows = rows.select_related("case__process__edition__pack")
    return take_in_hand(rows, at, Recognised, state="recognised", tries="readings", since="read_at")


def recognise(row: File, at: datetime) -> None:
    """Read a file in hand. What was typed stays as it is. Pictures that are gone fail for good."""
    held = _asked(row)
    if held is None or held.letters is not None:  # our own papers and letters bear names and numbers as they should
        _keep(row, Recognised.DONE)
        return
    try:
        pages = [ocr.lines_of(one) for one in _pictures(row)]
    except ocr.Unread:
        return  # in hand: tried again later, so many times as claim allows
    except (OSError, ValueError, SyntaxError):
        _keep(row, Recognised.FAILED)
        return
    if not pages:
        _keep(row, Recognised.FAILED)
    elif is_identity_card([line for one in pages for line in one]):
        _turn_back(row, at)
    else:
        _hint(row, pages)
        read = read_lines(pages[0])
        _keep(row, Recognised.DONE, read.filled if read.paper or read.number else {})


@transaction.atomic
def _turn_back(row: File, at: datetime) -> None:
    """Take an identity card away with its bytes while the material can still be changed; what was handed in stays, and
    whoever filled it in and whoever checks it are told."""
    case = lock_case(row.case_id)
    mine = File.objects.select_for_update().filter(pk=row.pk, removed_at=None)
    if not mine.update(recognised=Recognised.CARD):
        return
    taken = open_now(programme_of(case.process), case, _asked(row))
    if taken:
        mine.update(removed_at=at)
        FileMark.objects.filter(file=row).delete()
        FileHint.objects.filter(file=row).delete()
        Likeness.objects.filter(Q(one=row) | Q(other=row)).delete()
        transaction.on_commit(partial(_destroy, row))
        told = {"attachment": row.attachment, "why": "identity card"}
        note_case(platform(), at, case, "file.remove", told, kind="file", key=row.pk)
    tell(at=at, user_id=row.uploaded_by_id, link=f"case:{case.pk}", text=card_text(row, taken), headline="材料没有收下")


def card_text(row: File, taken: bool) -> str:
    """What to do about it."""
    if taken:
        return (
            f"“{row.title}”看起来是身份证，已经删去，没有留存。平台不收身份证件，号码填在表里就够了；请换成要交的材料。"
        )
    return f"“{row.title}”看起来是身份证。平台不收身份证件；请核对，确实是的，由受理单位退回后换成要交的材料。"


def turned_back(case: Case) -> list[File]:
    """Identity cards that were taken away from a nomination and in whose place nothing came since, newest first; one
    query."""
    rows = File.objects.filter(case=case, recognised=Recognised.CARD, removed_at__isnull=False)
    place = {"attachment": OuterRef("attachment"), "indicator": OuterRef("indicator")}
    later = File.objects.filter(case=case, pk__gt=OuterRef("pk"), removed_at=None, **place)
    return list(rows.exclude(Exists(later)).order_by("-pk")[:20])


def recognise_all(at: datetime) -> int:
    """Everything that waits now; how many files there were."""
    number = 0
    while (job := next_job(at)) is not None:
        job()
        number += 1
    return number


def _asked(row: File) -> Attachment | None:
    pack = programme_of(row.case.process).pack
    return next((one for one in pack.attachments if one.id == row.attachment), None)


def _pictures(row: File) -> Iterator[Image.Image]:
    """The first page, and the second of a file that has no more."""
    for page in range(1, (row.previews if row.previews <= CARD_PAGES else 1) + 1):
        content = previews.opened(row, str(page))
        if content is not None:
            with content, Image.open(content) as picture:
                picture.load()
                yield picture


def _hint(row: File, pages: Sequence[Sequence[str]]) -> None:
    """Marks of secrecy on the pictures, beside what was found in the text of the file."""
    for number, lines in enumerate(pages, 1):
        for one in scan("\n".join(lines)):
            found = {"page": number if row.kind == "pdf" else 0, "kind": one.kind.value, "words": one.words[:80]}
            FileHint.objects.get_or_create(file=row, **found, defaults={"around": one.around[:120]})


def _keep(row: File, state: Recognised, suggested: dict[str, str] | None = None) -> None:
    File.objects.filter(pk=row.pk).update(recognised=state, suggested=suggested or {})


def _destroy(row: File) -> None:
    storage.drop(row.stored)
    previews.drop(row)
