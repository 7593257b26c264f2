"""Certificates as people see them: their own, those of a naming document, the archive of all."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound, Refused
from gongjiang.models import Certificate, Honour, NamingDocument
from gongjiang.rules.honours.standing import HELD, Worth
from gongjiang.rules.packages.names import free_name, safe_name
from gongjiang.services.honours.certificates.authority import document_seen, is_own, looks_after, may_issue, on_document
from gongjiang.services.honours.certificates.check import worth_of
from gongjiang.services.honours.certificates.issue import programme_behind, spec_of
from gongjiang.services.honours.certificates.paper import pdf_of
from gongjiang.services.programmes.programme import Programme


@dataclass(frozen=True)
class Line:
    """One person of a naming document. `certificate`: the current one, if any; `due`: none yet, but one is owed."""

    honour: Honour
    certificate: Certificate | None
    worth: Worth | None
    due: bool


@dataclass(frozen=True)
class Desk:
    """The certificates of a naming document for those who name."""

    document: NamingDocument
    programme: Programme
    lines: tuple[Line, ...]
    may_issue: bool

    @property
    def due(self) -> int:
        """How many still get one."""
        return sum(one.due for one in self.lines)

    @property
    def issued(self) -> int:
        """How many have one."""
        return sum(one.certificate is not None for one in self.lines)


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """One's own: about oneself, or from a nomination one filed. Those who name go by the document."""
    if actor.user_id is None:
        return Certificate.objects.none()
    own = Q(honour__subject__user_id=actor.user_id) | Q(honour__case__filer_id=actor.user_id)
    return Certificate.objects.filter(own)


def own_certificates(actor: Actor, at: datetime) -> list[tuple[Certificate, Worth]]:
    """One's own current certificates with what they are worth, the newest first."""
    rows = visible_to(actor).filter(replaced_at=None).select_related("honour").order_by("-id")[:200]
    return [(one, worth_of(one, at)) for one in rows]


def has_own(actor: Actor) -> bool:
    """Is there one?"""
    return visible_to(actor).filter(replaced_at=None).exists()


def desk(actor: Actor, at: datetime, document_id: int) -> Desk:
    """Raises NotFound for who doesn't look after this naming."""
    document, programme = document_seen(actor, document_id)
    current = Certificate.objects.filter(replaced_at=None).select_related("honour")
    rows = (
        on_document(document)
        .select_related("subject")
        .prefetch_related(Prefetch("certificates", queryset=current, to_attr="current"))
    )
    lines = tuple(_line(programme, one, at) for one in rows.order_by("id"))
    return Desk(document, programme, lines, may_issue(actor, programme))


def _line(programme: Programme, honour: Honour, at: datetime) -> Line:
    held = next(iter(getattr(honour, "current", [])), None)
    due = held is None and honour.state in HELD and spec_of(programme, honour) is not None
    return Line(honour, held, worth_of(held, at) if held else None, due)


def get_certificate(actor: Actor, certificate_id: int) -> Certificate:
    """For whoever it honours and for those who name. Raises NotFound for others."""
    row = (
        Certificate.objects.select_related(
            "honour__subject", "honour__case", "honour__document__process__edition__pack"
        )
        .filter(pk=certificate_id)
        .first()
    )
    if row is None or not (is_own(actor, row) or looks_after(actor, programme_behind(row))):
        raise NotFound()
    return row


def current_code(honour_id: int) -> str:
    """The code of an honour's current certificate, '' without one: for the public register, which shows the honour."""
    row = Certificate.objects.filter(honour_id=honour_id, replaced_at=None).values_list("code", flat=True).first()
    return row or ""


def archive(actor: Actor, at: datetime, document_id: int) -> tuple[str, bytes]:
    """All PDFs of a document in one ZIP, in its order; its name. Raises NotFound, Refused if there is none."""
    found = desk(actor, at, document_id)
    rows = [one.certificate for one in found.lines if one.certificate is not None and one.worth is Worth.VALID]
    if not rows:
        raise Refused("这份命名文件还没有有效的证书，请先制发。", "No certificates yet.")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as made:
        for name, data in _files(rows):
            made.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), data)
    return f"{found.document.number} 证书", out.getvalue()


def _files(rows: list[Certificate]) -> Iterator[tuple[str, bytes]]:
    taken: set[str] = set()
    for n, row in enumerate(rows, 1):
        yield free_name(safe_name(f"{n:03d}-{row.face['name']}-{row.number}", ".pdf"), taken), pdf_of(row)
