"""Whose account it is: an artisan honoured here, or one whom an imported register names; who looks after them; by what
they are known."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Honour, Invitation, RegistryEntry, Subject
from gongjiang.rules.cultivation.hands import KEEPING, Hand
from gongjiang.services.audit.append import append
from gongjiang.services.cultivation.scope import get_honour, need
from gongjiang.services.honours.note import note_honour
from gongjiang.services.people.sealing import open_text
from gongjiang.services.registry.authority import imports_seen

PURPOSE: Final = "account"
DIGITS: Final = {"id_number": 6, "mobile": 4}
"""How many of the last characters are asked for: of the identity number, else of the telephone number."""


@dataclass(frozen=True)
class Holder:
    """The person's one record, the name they bear, and the honour by which they were come upon, if it is one of
    ours."""

    subject: Subject
    name: str
    honour: Honour | None = None

    @property
    def number(self) -> tuple[str, str]:
        """By what the person is known (identity number, else telephone), and the number in clear: as it was filed, as
        it is on their record, as a register's list has it. Two empty texts where nothing is known."""
        filed = self.honour.case.values if self.honour is not None and self.honour.case is not None else {}
        for kind, digits in DIGITS.items():
            tokens = [filed.get(kind), self.subject.values.get(kind)]
            if kind == "id_number":
                listed = RegistryEntry.objects.filter(subject=self.subject, standing=True).exclude(number="")
                tokens += listed.order_by("-id").values_list("number", flat=True)[:1]
            for token in tokens:
                if isinstance(token, str) and len(found := open_text(token, kind)) >= digits:
                    return kind, found
        return "", ""

    @property
    def link(self) -> Invitation | None:
        """The last link sent about their account, over whichever honour."""
        return links_of(self.subject).order_by("-id").first()


def links_of(subject: Subject) -> QuerySet[Invitation]:
    """Links about a person's account."""
    return Invitation.objects.filter(Q(subject=subject) | Q(case__subject=subject), purpose=PURPOSE)


def kept_holder(actor: Actor, honour_id: int | None, subject_id: int | None, *hands: Hand) -> Holder:
    """Of an honour, by one of `hands` (whoever looks after the artisan, if none is named); of a person on a list that
    the actor's organisations brought in. NotFound, NotAllowed."""
    if honour_id is not None:
        honour = get_honour(actor, honour_id)
        need(actor, honour, *(hands or sorted(KEEPING)))
        return Holder(honour.subject, honour.name, honour)
    found = listed_holder(actor, subject_id or 0)
    if found is None:
        raise NotFound()
    return found


def listed_holder(actor: Actor, subject_id: int) -> Holder | None:
    """The person as a list names them that the actor's organisations brought in; None where there is none. Who has a
    nomination or an honour here gets an account from whoever looks after them there: a list, which anybody who keeps
    registers may bring in, opens nothing of these."""
    here = {"subject__cases": None, "subject__honours": None}
    entries = RegistryEntry.objects.filter(subject_id=subject_id, subject__kind="person", standing=True, **here)
    entry = entries.filter(source__in=imports_seen(actor)).select_related("subject__user").order_by("-id").first()
    return None if entry is None or entry.subject is None else Holder(entry.subject, entry.name)


def holder_behind(invitation: Invitation) -> Holder:
    """Of whom a link is. NotFound where nothing is left of it."""
    if invitation.case_id is not None:
        honour = Honour.objects.select_related("subject__user", "case").filter(case_id=invitation.case_id).first()
        if honour is not None:
            return Holder(honour.subject, honour.name, honour)
    elif invitation.subject is not None:
        honour = Honour.objects.select_related("case").filter(subject=invitation.subject, case=None).first()
        return Holder(invitation.subject, invitation.subject.name, honour)
    raise NotFound()


def note_holder(actor: Actor, at: datetime, holder: Holder, action: str, data: dict[str, object]) -> None:
    """On record: with the honour, else with the person."""
    if holder.honour is not None:
        note_honour(actor, at, holder.honour, action, data)
    else:
        append(actor=actor, at=at, action=action, kind="person", key=holder.subject.pk, data=data)
