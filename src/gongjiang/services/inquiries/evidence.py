"""Evidence of a matter: judged by its bytes like any file, kept sealed, read by those who handle the matter."""

import hashlib
import secrets
from datetime import datetime
from io import BytesIO
from typing import BinaryIO, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotFound, Refused, Unstored
from gongjiang.kernel.text import clean
from gongjiang.models import Inquiry, InquiryFile
from gongjiang.rules.evidence.images import clean_image
from gongjiang.rules.evidence.inspection import Limits, inspect
from gongjiang.rules.evidence.kinds import IMAGES, Kind
from gongjiang.rules.inquiries.steps import Action
from gongjiang.services.audit.append import append
from gongjiang.services.evidence import storage
from gongjiang.services.inquiries.authority import barred, require_handler
from gongjiang.services.inquiries.hear import is_concerned
from gongjiang.services.inquiries.queries import SEEING, get_inquiry
from gongjiang.services.inquiries.writing import held, require_step

TAKEN: Final = frozenset({Kind.PDF, Kind.DOCX, *IMAGES})
LIMITS: Final = Limits(max_bytes=20_000_000, max_pages=200)
MOST: Final = 40


@transaction.atomic
def add_file(
    *, actor: Actor, at: datetime, inquiry_id: int, name: str, content: BinaryIO, title: str = ""
) -> InquiryFile:
    """By those who handle it, or (marked so) by whom it concerns. BadInput says what is wrong with the file."""
    inquiry = held(inquiry_id, None)
    theirs = is_concerned(actor, inquiry)
    if not theirs:
        require_handler(actor, inquiry)
    require_step(inquiry, Action.HEAR if theirs else Action.COLLECT)
    if inquiry.files.count() >= MOST:
        raise Refused(f"一件事项最多 {MOST} 个文件。", "No room.", place="证据")
    seen = inspect(name, content, TAKEN, LIMITS)
    if not seen.decision.allowed or seen.kind is None:
        raise BadInput("；".join(one.text for one in seen.decision.reasons), place="证据")
    content.seek(0)
    data = clean_image(content.read()) if seen.kind in IMAGES else content.read()
    try:
        stored = storage.keep(f"inquiries/{secrets.token_hex(16)}.{seen.kind.value}", BytesIO(data))
    except OSError as error:
        raise Unstored(place=seen.name) from error
    try:
        row = InquiryFile.objects.create(
            inquiry=inquiry,
            title=(clean(title).strip() or seen.name.rpartition(".")[0])[:120],
            name=seen.name,
            kind=seen.kind.value,
            size=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            stored=stored,
            concerned=theirs,
            uploaded_by_id=actor.user_id,
            uploaded_at=at,
        )
        append(
            actor=actor,
            at=at,
            action="inquiry.file",
            kind="inquiry",
            key=inquiry.pk,
            case_id=inquiry.case_id,
            edition_id=inquiry.process.edition_id,
            data={"number": inquiry.number, "file": row.pk, "sha256": row.digest, "size": row.size},
        )
    except BaseException:
        storage.drop(stored)
        raise
    return row


def open_file(actor: Actor, file_id: int) -> tuple[InquiryFile, BinaryIO]:
    """The row and its bytes, opened; close them. Those concerned read only what they handed in themselves."""
    row = InquiryFile.objects.filter(pk=file_id).first()
    if row is None:
        raise NotFound()
    inquiry = get_inquiry(actor, row.inquiry_id)
    inside = watches(actor, inquiry) and not is_concerned(actor, inquiry) and not barred(actor, inquiry)
    if not inside and not row.concerned:
        raise NotFound()
    try:
        return row, storage.opened(row.stored)
    except FileNotFoundError:
        raise NotFound("文件的内容不在了，请联系平台管理员。", "The bytes are lost.", place=row.title) from None


def watches(actor: Actor, inquiry: Inquiry) -> bool:
    """Does the actor see the inside of it without handling it: discipline of a deciding body or of the organiser?"""
    ours = {one.pk for one in inquiry.bodies.all()} | {inquiry.process.edition.organiser_id}
    edition = inquiry.process.edition_id
    return any(actor.has(*SEEING, organisation_id=one, edition_id=edition) for one in ours)
