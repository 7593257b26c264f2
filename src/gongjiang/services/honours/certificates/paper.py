"""The PDF of a certificate: made and signed at the first need, kept sealed, made anew when the unit's own key takes
the place of the test key. In the background soon after it was issued; at once for whoever comes before that."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import Final

from django.conf import settings
from django.db.models import Q

from gongjiang.documents.certificate import Plate, draw
from gongjiang.documents.certificate.sign import CannotSign
from gongjiang.models import Certificate
from gongjiang.rules.honours.certificates.words import chinese_date
from gongjiang.services.evidence import storage
from gongjiang.services.honours.certificates.keys import pdf_signer

AREA: Final = "certificates"
TRIES: Final = 3
STALE: Final = timedelta(minutes=5)


def pdf_of(row: Certificate) -> bytes:
    """The signed file. Raises CannotSign where the configured key doesn't work."""
    signer = pdf_signer()
    if row.stored and row.signer == signer.fingerprint:
        try:
            with storage.opened(row.stored, AREA) as content:
                data = content.read()
        except FileNotFoundError:
            data = b""
        if hashlib.sha256(data).hexdigest() == row.digest:
            return data
    data = signer.sign(draw(plate_of(row, signer.test)), row.number)
    return _kept(row, data, signer.fingerprint)


def _kept(row: Certificate, data: bytes, fingerprint: str) -> bytes:
    name = storage.keep(f"{row.code}.pdf", io.BytesIO(data), AREA)
    old = row.stored
    mine = Certificate.objects.filter(pk=row.pk, stored=old)
    if mine.update(stored=name, digest=hashlib.sha256(data).hexdigest(), signer=fingerprint):
        if old:
            storage.drop(old, AREA)
        return data
    storage.drop(name, AREA)  # somebody else made it meanwhile: theirs is the one
    row.refresh_from_db()
    with storage.opened(row.stored, AREA) as content:
        return content.read()


def plate_of(row: Certificate, test: bool) -> Plate:
    """What the page shows."""
    face = row.face
    return Plate(
        heading=face["heading"],
        addressed=face["addressed"],
        text=face["text"],
        closing=face["closing"],
        issuers=tuple(face["issuers"]),
        date=chinese_date(date.fromisoformat(face["issued_on"])),
        number=row.number,
        link=f"{settings.URL}/check/{row.code}/",
        address=f"{settings.URL.partition('://')[2]}/check/",
        page=face["page"],
        test=test,
    )


def next_job(at: datetime) -> Callable[[], None] | None:
    """The next certificate whose file isn't made, in hand (cli/jobs); None if none waits."""
    while True:
        due = Q(taken_at=None) | Q(taken_at__lt=at - STALE)
        row = Certificate.objects.filter(due, stored="", replaced_at=None, tries__lt=TRIES).order_by("id").first()
        if row is None:
            return None
        mine = Certificate.objects.filter(pk=row.pk, tries=row.tries, taken_at=row.taken_at)
        if mine.update(tries=row.tries + 1, taken_at=at):
            return partial(_prepare, row)


def _prepare(row: Certificate) -> None:
    try:
        pdf_of(row)
    except (CannotSign, OSError):
        return  # tried again later; whoever downloads meanwhile is told why
