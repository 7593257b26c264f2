"""Who has to do with certificates: those who name, and whoever is honoured."""

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Certificate, Honour, NamingDocument
from gongjiang.rules.programmes.stage_types.name import Name
from gongjiang.services.nominations.authority import may_decide
from gongjiang.services.programmes.programme import Programme, programme_of, whole_pack
from gongjiang.services.public_notices.authority import handles


def naming_roles(programme: Programme, *, joint: bool) -> tuple[str, ...]:
    """Roles that name; `joint`: those who sign with them too."""
    stages = [one for one in whole_pack(programme.edition).stages if isinstance(one, Name)]
    return tuple(dict.fromkeys(role for one in stages for role in (*one.by, *(one.with_ if joint else ()))))


def may_issue(actor: Actor, programme: Programme) -> bool:
    """Approvers of the conferring body."""
    return may_decide(actor, programme, naming_roles(programme, joint=False))


def looks_after(actor: Actor, programme: Programme) -> bool:
    """Officers and approvers of those who name."""
    return handles(actor, programme, naming_roles(programme, joint=True))


def document_seen(actor: Actor, document_id: int) -> tuple[NamingDocument, Programme]:
    """A naming document and its programme for who looks after it. NotFound for others."""
    found = NamingDocument.objects.select_related("process__edition__pack").filter(pk=document_id).first()
    if found is None:
        raise NotFound()
    programme = programme_of(found.process)
    if not looks_after(actor, programme):
        raise NotFound()
    return found, programme


def on_document(document: NamingDocument) -> QuerySet[Honour]:
    """Whom a document names: chosen or named by it, or confirmed by it after an assessment."""
    return Honour.objects.filter(Q(document=document) | Q(confirmed=document))


def is_own(actor: Actor, certificate: Certificate) -> bool:
    """Is the certificate about this person (or did they file the nomination it came from)?"""
    honour = certificate.honour
    if actor.user_id is None:
        return False
    filed = honour.case is not None and honour.case.filer_id == actor.user_id
    return honour.subject.user_id == actor.user_id or filed
