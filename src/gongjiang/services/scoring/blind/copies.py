"""Redacted copies: pages drawn anew as pictures, films without metadata. Nothing of the original lies under them."""

import hashlib
import secrets
from datetime import datetime
from io import BytesIO
from typing import BinaryIO

import pypdfium2
from django.db import transaction
from PIL import Image

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Unstored
from gongjiang.models import File, RedactedCopy
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Inspection, Limits, inspect
from gongjiang.rules.evidence.kinds import Kind
from gongjiang.rules.evidence.videos import without_metadata
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.audit.append import append
from gongjiang.services.evidence import storage
from gongjiang.services.evidence.previews import page_pictures
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import require_open, require_runner
from gongjiang.services.scoring.blind.panel import blind_case, require_blind

#: Kinds that can be shown page by page, or played.
TAKEN = frozenset({Kind.PDF, Kind.JPEG, Kind.PNG, Kind.MP4})
#: Pages are drawn while somebody waits; so many at most.
MOST_PAGES = 100
CHUNK = 1 << 20


def upload_copy(
    *, actor: Actor, at: datetime, programme: Programme, stage: Panel, file_id: int, name: str, content: BinaryIO
) -> RedactedCopy:
    """Keep what an officer blacked out elsewhere; it takes the place of a copy that stands, and has to be approved.

    BadInput says what is wrong with the file; NotFound for files of cases that aren't on this panel's list.
    """
    file = _file(actor, programme, stage, file_id)
    seen = inspect(name, content, TAKEN, Limits(max_pages=MOST_PAGES))
    if not seen.decision.allowed:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), place=file.title)
    return _kept(actor, at, programme, file, seen, content)


def copy_of_original(*, actor: Actor, at: datetime, programme: Programme, stage: Panel, file_id: int) -> RedactedCopy:
    """A copy of a file that shows nothing of who this is: drawn anew, without metadata and hidden text. It still has
    to be looked at and approved."""
    file = _file(actor, programme, stage, file_id)
    if file.kind not in {one.value for one in TAKEN}:
        raise BadInput("这种文件不能逐页显示，请另存为 PDF，遮盖后上传。", "Save it as PDF.", place=file.title)
    try:
        with storage.opened(file.stored) as content:
            seen = inspect(file.name, content, TAKEN, Limits(max_pages=MOST_PAGES))
            if not seen.decision.allowed:
                raise BadInput("；".join(one.text for one in seen.decision.reasons), place=file.title)
            return _kept(actor, at, programme, file, seen, content)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=file.title) from None


@transaction.atomic
def approve_copy(*, actor: Actor, at: datetime, programme: Programme, stage: Panel, copy_id: int) -> RedactedCopy:
    """The officer has looked at every page: from now on judges see the copy."""
    row = copy_for_officer(actor, programme, stage, copy_id, change=True)
    if row.approved_at is None:
        row.approved_at, row.approved_by_id = at, actor.user_id
        row.save(update_fields=["approved_at", "approved_by_id"])
        _record(actor, at, programme, row, "blind.copy_approve")
    return row


@transaction.atomic
def drop_copy(*, actor: Actor, at: datetime, programme: Programme, stage: Panel, copy_id: int) -> None:
    """Take a copy back: judges don't see the file any more. The bytes stay on record."""
    row = copy_for_officer(actor, programme, stage, copy_id, change=True)
    row.removed_at = at
    row.save(update_fields=["removed_at"])
    _record(actor, at, programme, row, "blind.copy_drop")


def copy_for_officer(
    actor: Actor, programme: Programme, stage: Panel, copy_id: int, *, change: bool = False
) -> RedactedCopy:
    """A copy that stands, for whoever runs the panel."""
    require_runner(actor, programme, stage)
    require_blind(programme, stage)
    if change:
        require_open(programme, stage)
    row = (
        RedactedCopy.objects.filter(pk=copy_id, removed_at=None, file__case__process=programme.process)
        .filter(file__case__rows__stage=stage.id)
        .select_related("file")
        .first()
    )
    if row is None:
        raise NotFound()
    return row


def page_of(row: RedactedCopy, number: int) -> bytes:
    """A page as JPEG, from 1. NotFound beyond the last."""
    if not 1 <= number <= row.pages:
        raise NotFound()
    with storage.opened(row.stored) as content:
        picture = next(page_pictures("pdf", content, number), None)
    if picture is None:
        raise NotFound()
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()


def film_of(row: RedactedCopy) -> BinaryIO:
    """A film's bytes; close them. NotFound for what is none."""
    if row.kind != Kind.MP4.value:
        raise NotFound()
    return storage.opened(row.stored)


def _file(actor: Actor, programme: Programme, stage: Panel, file_id: int) -> File:
    require_runner(actor, programme, stage)
    require_blind(programme, stage)
    require_open(programme, stage)
    row = File.objects.filter(pk=file_id, removed_at=None).select_related("case").first()
    if row is None:
        raise NotFound()
    blind_case(programme, stage, row.case_id)
    return row


def _kept(
    actor: Actor, at: datetime, programme: Programme, file: File, seen: Inspection, content: BinaryIO
) -> RedactedCopy:
    content.seek(0)
    kind = Kind.MP4 if seen.kind is Kind.MP4 else Kind.PDF
    clean, pages = (without_metadata(content), 0) if kind is Kind.MP4 else _drawn(seen, content, file.title)
    digest, size = hashlib.sha256(), 0
    clean.seek(0)
    while chunk := clean.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    try:
        stored = storage.keep(f"{programme.process.pk}/{secrets.token_hex(16)}.{kind.value}", clean)
    except OSError as error:
        raise Unstored(place=file.title) from error
    try:
        with transaction.atomic():
            File.objects.select_for_update().get(pk=file.pk)
            RedactedCopy.objects.filter(file=file, removed_at=None).update(removed_at=at)
            row = RedactedCopy.objects.create(
                file=file, kind=kind.value, size=size, pages=pages, seconds=seen.seconds, digest=digest.hexdigest(),
                stored=stored, made_by_id=actor.user_id, made_at=at,
            )  # fmt: skip
            _record(actor, at, programme, row, "blind.copy")
    except BaseException:
        storage.drop(stored)
        raise
    return row


def _drawn(seen: Inspection, content: BinaryIO, title: str) -> tuple[BinaryIO, int]:
    """The pages as pictures in a new PDF."""
    if seen.kind is not Kind.PDF:
        content = BytesIO(clean_image(content.read()))
    book, pages = pypdfium2.PdfDocument.new(), 0
    try:
        for picture in page_pictures("pdf" if seen.kind is Kind.PDF else str(seen.kind and seen.kind.value), content):
            _add(book, picture)
            pages += 1
        out = BytesIO()
        book.save(out)
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        raise BadInput("文件有页面画不出来，请另存为 PDF 后再上传。", "A page can't be drawn.", place=title) from error
    finally:
        book.close()
    return out, pages


def _add(book: pypdfium2.PdfDocument, picture: Image.Image) -> None:
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    out.seek(0)
    image = pypdfium2.PdfImage.new(book)
    image.load_jpeg(out, inline=True)
    width, height = picture.width * 0.5, picture.height * 0.5
    image.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = book.new_page(width, height)
    page.insert_obj(image)
    page.gen_content()
    page.close()


def _record(actor: Actor, at: datetime, programme: Programme, row: RedactedCopy, action: str) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="file",
        key=row.file_id,
        case_id=row.file.case_id,
        edition_id=programme.edition.pk,
        data={"copy": row.pk, "sha256": row.digest},
    )
