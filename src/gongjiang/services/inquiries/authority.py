"""Who opens, handles and decides a matter, and who must keep away from it (TRUST 5)."""

import unicodedata
from collections.abc import Iterable

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.kernel.errors import NotAllowed
from gongjiang.models import Case, EditionRole, Expert, Honour, Inquiry, Organisation, Subject
from gongjiang.rules.inquiries.grounds import About, Ground
from gongjiang.services.honours.certificates.authority import naming_roles
from gongjiang.services.nominations.authority import edition_parties, parties_of
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.authority import publish_stages

OFFICE = tuple(sorted(HANDLING))


def plain(text: str) -> str:
    """A name without width and white space."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def case_of(inquiry: Inquiry) -> Case | None:
    """The nomination behind it: its own, or the honour's."""
    return inquiry.case or (inquiry.honour.case if inquiry.honour is not None else None)


def subject_of(inquiry: Inquiry) -> Subject | None:
    """Whom it is about; None for a unit."""
    if inquiry.honour is not None:
        return inquiry.honour.subject
    return inquiry.case.subject if inquiry.case is not None else None


def title_of(inquiry: Inquiry) -> str:
    """Who or what it is about, by name."""
    if inquiry.honour is not None:
        return f"{inquiry.honour.name}（{inquiry.honour.title}）"
    if inquiry.case is not None:
        return inquiry.case.title
    return inquiry.unit.name if inquiry.unit is not None else ""


def employer_of(inquiry: Inquiry) -> str:
    """Where the person works, as it was made public or filled in; '' for a unit."""
    if inquiry.honour is not None and (shown := inquiry.honour.shown.get("employer", {}).get("text")):
        return str(shown)
    case = case_of(inquiry)
    return str(case.values.get("employer") or "") if case is not None else ""


def bodies_for(programme: Programme, about: About, ground: Ground | None, case: Case | None) -> frozenset[int]:
    """Organisations that decide: for an honour those who conferred it; else whom the pack names, or who confers or
    publishes, or the organiser."""
    named = ground.by if ground is not None and about is not About.HONOUR else ()
    if named and case is not None:
        found = parties_of(programme, case).organisations(programme.expand(named))
    else:
        posts = tuple(role for one in publish_stages(programme) for role in one.by)
        roles = programme.expand(named or naming_roles(programme, joint=False) or posts)
        held = edition_parties(programme)
        found = frozenset(one for role in roles for one in held.get(role, ()))
    return found or frozenset({programme.edition.organiser_id})


def works_in(actor: Actor, organisations: Iterable[int], edition_id: int, *, deciding: bool = False) -> bool:
    """Has the actor an officer's or approver's (`deciding`: an approver's) grant in one of them?"""
    roles = ("approver",) if deciding else OFFICE
    return any(actor.has(*roles, organisation_id=one, edition_id=edition_id) for one in organisations)


def handles(actor: Actor, inquiry: Inquiry) -> bool:
    """Officers and approvers of the bodies that decide it, and of the edition's organiser."""
    edition = inquiry.process.edition
    ours = {one.pk for one in inquiry.bodies.all()} | {edition.organiser_id}
    return works_in(actor, ours, edition.pk)


def decides(actor: Actor, inquiry: Inquiry) -> bool:
    """Approvers of the bodies that decide it."""
    return works_in(actor, (one.pk for one in inquiry.bodies.all()), inquiry.process.edition_id, deciding=True)


def barred(actor: Actor, inquiry: Inquiry) -> str:
    """Why this person must keep away: it is about themselves, their own filing, their own unit or the one held
    responsible, or kin they declared. '' for nobody."""
    case, subject = case_of(inquiry), subject_of(inquiry)
    if subject is not None and subject.user_id is not None and subject.user_id == actor.user_id:
        return "是当事人本人"
    if case is not None and case.filer_id == actor.user_id:
        return "当事人的申报由您填报"
    units = {inquiry.unit_id, case.applying_unit_id if case is not None else None} - {None}
    mine = {one.organisation_id for one in actor.grants}
    if units & mine:
        return "您在当事人所在单位或责任单位任职"
    if mine and _names(mine) & _employer(inquiry, case):
        return "您在当事人所在单位任职"
    if subject is not None and _kin(actor, subject.name):
        return "您声明过与当事人是亲属"
    return ""


def require_decider(actor: Actor, inquiry: Inquiry) -> None:
    """Raise NotAllowed unless the actor decides it and need not keep away."""
    if not decides(actor, inquiry):
        who = "、".join(one.short_name for one in inquiry.bodies.all())
        raise NotAllowed(f"由{who}的审批人员决定。", "Approvers of the deciding body do this.")
    if why := barred(actor, inquiry):
        raise NotAllowed(f"{why}，须回避，请由其他审批人员办理。", "Keep away from this matter.")


def require_handler(actor: Actor, inquiry: Inquiry) -> None:
    """Raise NotAllowed unless the actor handles it and need not keep away."""
    if not handles(actor, inquiry):
        raise NotAllowed("由决定单位的经办或审批人员办理。", "Not your part.")
    if why := barred(actor, inquiry):
        raise NotAllowed(f"{why}，须回避。", "Keep away from this matter.")


def may_open(actor: Actor, programme: Programme, bodies: Iterable[int]) -> bool:
    """Officers and approvers of the bodies that would decide it, and of the organiser."""
    return works_in(actor, {*bodies, programme.edition.organiser_id}, programme.edition.pk)


def above(bodies: Iterable[int]) -> frozenset[int]:
    """Organisations over these in the tree."""
    paths = Organisation.objects.filter(pk__in=list(bodies)).values_list("path", flat=True)
    return frozenset(int(part) for path in paths for part in path.strip("/").split("/")[:-1] if part)


def editions_of(organisations: Iterable[int]) -> frozenset[int]:
    """Editions in which they hold a role for the whole."""
    rows = EditionRole.objects.filter(organisation_id__in=list(organisations), per_case=False)
    return frozenset(rows.values_list("edition_id", flat=True))


def may_see_honour(actor: Actor, honour: Honour, programme: Programme) -> bool:
    """Officers and approvers of those who conferred it, and of what stands over them."""
    bodies = bodies_for(programme, About.HONOUR, None, None)
    return works_in(actor, bodies | above(bodies) | {programme.edition.organiser_id}, programme.edition.pk)


def _names(organisations: set[int]) -> set[str]:
    rows = Organisation.objects.filter(pk__in=organisations).values_list("name", "short_name")
    return {plain(one) for row in rows for one in row if one}


def _employer(inquiry: Inquiry, case: Case | None) -> set[str]:
    said = [str(case.values.get("employer") or "")] if case is not None else []
    if inquiry.honour is not None:
        said.append(str(inquiry.honour.shown.get("employer", {}).get("text", "")))
    return {plain(one) for one in said if one}


def _kin(actor: Actor, name: str) -> bool:
    declared = Expert.objects.filter(user_id=actor.user_id or 0).values_list("declared", flat=True)
    return any(plain(name) in {plain(str(kin)) for kin in one.get("kin", [])} for one in declared)
