"""Issue the certificates of a naming document; issue one anew after a correction."""

import secrets
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.text import clean
from gongjiang.models import Certificate, Edition, Honour, NamingDocument
from gongjiang.rules.honours.certificates.numbers import CHANCE, SIGNS, code_of, full_number
from gongjiang.rules.honours.certificates.words import addressed, certificate_for, filled
from gongjiang.rules.honours.standing import HELD
from gongjiang.rules.programmes.schema.certificate import Certificate as Spec
from gongjiang.services.audit.append import append
from gongjiang.services.honours.certificates.authority import document_seen, may_issue, on_document
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.rounds.tiers import tiers_of


@transaction.atomic
def issue_all(*, actor: Actor, at: datetime, document_id: int) -> list[Certificate]:
    """A certificate for everybody whom a document named and who has none yet, in the document's order.

    Raises NotFound, NotAllowed (approvers of the conferring body), Refused (everybody has one, or the pack gives none).
    """
    document, programme = document_seen(actor, document_id)
    if not may_issue(actor, programme):
        raise NotAllowed("由命名单位的审批人员制发证书。", "Approvers of the conferring body issue certificates.")
    edition = Edition.objects.select_for_update().get(pk=programme.edition.parent_id or programme.edition.pk)
    waiting = [
        (honour, spec)
        for honour in _without(document)
        if (spec := spec_of(programme, honour)) is not None and honour.state in HELD
    ]
    if not waiting:
        raise Refused(
            "这份命名文件上没有要制发证书的人：都已有证书，或项目包没有为培育对象规定证书。", "Nobody waits for one."
        )
    last = _last(edition)
    made = [
        _make(actor, at, programme, honour, spec, last + n, document) for n, (honour, spec) in enumerate(waiting, 1)
    ]
    append(
        actor=actor,
        at=at,
        action="certificate.issue",
        kind="naming",
        key=document.pk,
        edition_id=edition.pk,
        data={"certificates": [one.pk for one in made], "number": document.number},
    )
    return made


@transaction.atomic
def reissue(*, actor: Actor, at: datetime, certificate_id: int, reason: str, name: str = "") -> Certificate:
    """A new certificate in place of one; the old number is answered with “replaced”. `name`: the right name, where a
    misprint is the reason. Raises NotFound, NotAllowed, BadInput, Refused."""
    old = Certificate.objects.select_related("honour__subject").filter(pk=certificate_id).first()
    if old is None or (old.honour.confirmed_id or old.honour.document_id) is None:
        raise NotFound()
    document, programme = document_seen(actor, old.honour.confirmed_id or old.honour.document_id or 0)
    if not may_issue(actor, programme):
        raise NotAllowed("由命名单位的审批人员换发证书。", "Approvers of the conferring body issue certificates.")
    reason, name = clean(reason).strip(), clean(name).strip()
    if not reason:
        raise BadInput("请写明换发理由。", "Give the reason.", place="换发理由")
    if len(name) > 60:
        raise BadInput("姓名不超过 60 字。", "At most 60 characters.", place="姓名")
    edition = Edition.objects.select_for_update().get(pk=programme.edition.parent_id or programme.edition.pk)
    spec = spec_of(programme, old.honour)
    if spec is None or old.honour.state not in HELD:
        raise Refused(f"{old.honour.name}的荣誉现在不能换发证书。", "The honour doesn't stand.")
    if not Certificate.objects.filter(pk=old.pk, replaced_at=None).update(replaced_at=at, reason=reason[:300]):
        raise Refused("这份证书已经换发过了。", "Already replaced.")
    if name and name != old.honour.name:
        Honour.objects.filter(pk=old.honour_id).update(name=name)
        old.honour.name = name
    new = _make(actor, at, programme, old.honour, spec, _last(edition) + 1, document)
    append(
        actor=actor,
        at=at,
        action="certificate.reissue",
        kind="certificate",
        key=new.pk,
        case_id=old.honour.case_id,
        edition_id=edition.pk,
        data={"replaces": old.pk, "reason": reason[:300]},
    )
    return new


def spec_of(programme: Programme, honour: Honour) -> Spec | None:
    """Which certificate an honour has by its edition's pack; None for none. An honour that became more than its award
    first conferred (a trainee who passed) goes by what it is now."""
    award = programme.award(honour.award)
    return certificate_for(programme.pack, award.id, "stands" if honour.state == "stands" else award.confers)


def _without(document: NamingDocument) -> list[Honour]:
    named = on_document(document)
    current = Certificate.objects.filter(honour__in=named, replaced_at=None, face__document=document.number)
    return list(named.exclude(pk__in=current.values("honour_id")).select_related("subject").order_by("id"))


def _last(edition: Edition) -> int:
    return Certificate.objects.filter(edition=edition).aggregate(last=Max("serial"))["last"] or 0


def _make(
    actor: Actor,
    at: datetime,
    programme: Programme,
    honour: Honour,
    spec: Spec,
    serial: int,
    document: NamingDocument,
) -> Certificate:
    code = code_of([secrets.randbelow(len(SIGNS)) for _ in range(CHANCE)])
    return Certificate.objects.create(
        honour=honour,
        edition=programme.edition.parent or programme.edition,
        serial=serial,
        number=full_number(spec.number, document.issued_on.year, serial, code),
        code=code,
        face=_face(programme, honour, spec, document),
        issued_at=at,
        by_id=actor.user_id,
    )


def _face(programme: Programme, honour: Honour, spec: Spec, document: NamingDocument) -> dict[str, Any]:
    tiers = {one.id: one.shown for one in tiers_of(programme, honour.award)}
    person = honour.subject.kind == "person"
    values = {
        "name": honour.name,
        "title": honour.title,
        "tier": tiers.get(honour.tier, ""),
        "edition": (programme.edition.parent or programme.edition).title,
        "document": document.number,
        "year": str(document.issued_on.year),
    }
    return {
        "heading": spec.shown,
        "addressed": addressed(honour.name, person),
        "text": filled(spec.text, values),
        "closing": filled(spec.closing, values),
        "issuers": list(document.issuers),
        "issued_on": document.issued_on.isoformat(),
        "page": spec.page,
        "name": honour.name,
        "person": person,
        "title": honour.title,
        "edition": (programme.edition.parent or programme.edition).title,
        "document": document.number,
    }


def programme_behind(certificate: Certificate) -> Programme:
    """The programme that a certificate's document belongs to (load the process with its edition and pack)."""
    document = certificate.honour.document
    if document is None:
        raise NotFound()
    return programme_of(document.process)
