"""The same person put forward from two sides in one edition: both are told, and the office that decides.

Neither side learns who the other is: the message says that there is another nomination, and whom to ask.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import QuotaFull, Refused
from gongjiang.models import Case, Message, Organisation, Subject
from gongjiang.rules.programmes.stage_types.moves import LIVE, CaseState
from gongjiang.services.audit.append import append
from gongjiang.services.messages.send import tell
from gongjiang.services.nominations.authority import edition_parties
from gongjiang.services.nominations.queries import visible_to
from gongjiang.services.people.sealing import identity_hash, opened
from gongjiang.services.programmes.programme import Programme

#: While both are in one of these there is something to settle; a named or ended one is settled.
OPEN = sorted(one.value for one in LIVE - {CaseState.NAMED})
DECIDES = frozenset({"check", "select", "panel"})


class Twice(Refused):
    """The person has a nomination in this edition already."""


def put_forward_twice() -> QuerySet[Case]:
    """Cases whose person has another one under way in the same process, from another unit or by another nominator."""
    other = (
        Case.objects.filter(process=OuterRef("process"), subject=OuterRef("subject"), state__in=OPEN)
        .exclude(pk=OuterRef("pk"))
        .exclude(applying_unit=OuterRef("applying_unit"), nominator=OuterRef("nominator"))
    )
    return Case.objects.filter(subject__isnull=False, state__in=OPEN).filter(Exists(other))


def others_of(case: Case, subject_id: int | None = None) -> QuerySet[Case]:
    """Other nominations of the person in this edition, from other sides."""
    return (
        Case.objects.filter(process_id=case.process_id, subject_id=subject_id or case.subject_id or 0, state__in=OPEN)
        .exclude(pk=case.pk)
        .exclude(applying_unit_id=case.applying_unit_id, nominator_id=case.nominator_id)
        .order_by("pk")
    )


@dataclass(frozen=True)
class Double:
    """What the page of a case says: whom to ask, and the other nomination where the viewer may see it."""

    office: str
    seen: Case | None


def double_of(actor: Actor, programme: Programme, case: Case) -> Double | None:
    """Is the person put forward from another side too? Nothing of the other nomination but what the actor may see.

    A draft is told only after it was handed in once: nobody finds out about others by typing numbers.
    """
    if case.subject_id is None or case.state not in OPEN:
        return None
    other = others_of(case).first()
    if other is None:
        return None
    return Double(_names(office_of(programme)), visible_to(actor).filter(pk=other.pk).first())


def known_person(programme: Programme, case: Case) -> int | None:
    """The record that a draft's number belongs to."""
    number = str(opened(case.values, programme.pack.vocabulary).get("id_number") or "")
    if not number or "*" in number:
        return None
    found = Subject.objects.filter(kind="person", identity_hash=identity_hash(number)).values_list("pk", flat=True)
    return found.first()


def office_of(programme: Programme) -> list[Organisation]:
    """Who decides for the whole edition: holders of the first checking or choosing stage, else the organiser."""
    held = edition_parties(programme)
    for stage in programme.stages:
        if stage.type in DECIDES:
            found = {pk for role in programme.expand(stage.by) for pk in held.get(role, ())}
            if found:
                return list(Organisation.objects.filter(pk__in=found).order_by("pk"))
    return [programme.edition.organiser]


def _names(offices: list[Organisation]) -> str:
    return "、".join(one.name for one in offices)


def tell_of_twice(programme: Programme, case: Case, at: datetime) -> bool:
    """After a nomination came in: are there others of the person? All sides and the office are told, once each."""
    others = list(others_of(case))
    if not others:
        return False
    office = office_of(programme)
    asks = f"请与{_names(office)}联系核对。"
    for one in (case, *others):
        _tell_side(one, f"{one.title}在本届另有一份申报，由其他单位提出。{asks}", at)
    for body in office:
        _once(at, f"{case.title}在本届由{len(others) + 1}家单位提出申报，请核对并确定保留哪一份。", others[0], body.pk)
    return True


def refused_twice(*, actor: Actor, at: datetime, programme: Programme, case: Case, refused: Refused) -> Twice | None:
    """Why a nomination could not come in, if it is that the person has one already. The attempt is remembered with
    the draft and on record, and all sides and the office are told."""
    if not isinstance(refused, Twice) and not (isinstance(refused, QuotaFull) and _counts_people(programme, refused)):
        return None
    subject_id = known_person(programme, case) or case.subject_id
    others = list(others_of(case, subject_id)) if subject_id else []
    if not others:
        return None
    office = office_of(programme)
    with transaction.atomic():
        try:
            with transaction.atomic():
                Case.objects.filter(pk=case.pk, state__in=OPEN).update(subject_id=subject_id)
        except IntegrityError:
            pass  # one nominator holds both, and its constraint keeps the draft without a person
        for one in others:
            _tell_side(one, f"{one.title}在本届又由其他单位提出申报，未能提交。请与{_names(office)}联系核对。", at)
        mine = f"{case.title}在本届已有一份申报，由其他单位提出，本单位的申报未能提交。请与{_names(office)}联系核对。"
        _tell_side(case, mine, at)
        for body in office:
            _once(at, f"{case.title}在本届由两家单位提出申报，后一份未能提交，请核对保留哪一份。", others[0], body.pk)
        append(
            actor=actor, at=at, action="case.twice", kind="case", key=case.pk, case_id=case.pk,
            edition_id=programme.edition.pk, data={"others": [one.pk for one in others]},
        )  # fmt: skip
    return Twice(
        f"{case.title}在本届已有一份申报，由其他单位提出，一人不能重复推荐。已告知对方和{_names(office)}；"
        "请联系核对，由一方撤回后再提交。",
        "The person has been nominated by another unit already.",
    )


def _counts_people(programme: Programme, refused: Refused) -> bool:
    """Was it a pool that counts by person?"""
    labels = [one.shown for one in programme.pack.pools if any("subject" in path for path in one.per)]
    return any(refused.place.startswith(one) for one in labels)


def _tell_side(case: Case, text: str, at: datetime) -> None:
    for one in sorted({case.nominator_id, case.applying_unit_id}):
        _once(at, text, case, one)


def _once(at: datetime, text: str, case: Case, organisation_id: int) -> None:
    """A word that stands in the inbox already isn't said again."""
    link = f"case:{case.pk}"
    if not Message.objects.filter(organisation_id=organisation_id, text=text, link=link).exists():
        tell(at=at, text=text, link=link, organisation_id=organisation_id)
