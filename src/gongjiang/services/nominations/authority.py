"""Who may take a step with a case: parties of the pack meet grants of people."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, EditionRole
from gongjiang.services.programmes.programme import Programme

#: Grants with which an organisation's part in a stage may be taken.
ACTING = ("officer", "approver", "department")
#: Grants that decide: closing a list, publishing, naming.
DECIDING = ("approver",)


@dataclass(frozen=True, slots=True)
class Parties:
    """Organisations by role, for a case and for the edition."""

    case: dict[str, int]
    edition: dict[str, frozenset[int]]

    def organisations(self, roles: Iterable[str]) -> frozenset[int]:
        """Who holds one of these roles: the case's own party first, else the edition's holder."""
        found: set[int] = set()
        for role in roles:
            if role in self.case:
                found.add(self.case[role])
            else:
                found |= self.edition.get(role, frozenset())
        return frozenset(found)


def edition_parties(programme: Programme) -> dict[str, frozenset[int]]:
    """Roles held for the whole edition, with their organisations."""
    found: dict[str, set[int]] = {}
    for role, pk in EditionRole.objects.filter(edition=programme.edition, per_case=False).values_list(
        "role", "organisation_id"
    ):
        found.setdefault(role, set()).add(pk)
    return {role: frozenset(ids) for role, ids in found.items()}


def roles_of_unit(programme: Programme, organisation_id: int) -> frozenset[str]:
    """Roles that an organisation was given case by case: those with which a unit has its own list or notice."""
    rows = EditionRole.objects.filter(edition=programme.edition, per_case=True, organisation_id=organisation_id)
    return frozenset(rows.values_list("role", flat=True))


def parties_of(programme: Programme, case: Case, edition: Mapping[str, frozenset[int]] | None = None) -> Parties:
    """All parties of a case (its `parties` may be prefetched; `edition`: edition_parties, read before)."""
    held = edition_parties(programme) if edition is None else dict(edition)
    return Parties({one.role: one.organisation_id for one in case.parties.all()}, held)


def may_act(
    actor: Actor,
    programme: Programme,
    case: Case,
    roles: Iterable[str],
    *,
    deciding: bool = False,
    edition: Mapping[str, frozenset[int]] | None = None,
) -> bool:
    """May the actor act for one of these roles on this case?

    A role of level person is the applicant: whoever filed, or the person concerned. `deciding` asks
    for an approver's grant. `edition`: edition_parties, where it was read before (many cases).
    """
    if actor.is_platform:
        return True
    expanded = programme.expand(tuple(roles))
    persons = {one.id for one in programme.pack.roles if one.level == "person"}
    if expanded & persons and is_applicant(actor, case):
        return True
    wanted = DECIDING if deciding else ACTING
    parties = parties_of(programme, case, edition)
    organisations = parties.organisations(expanded - persons)
    if any(actor.has(*wanted, organisation_id=one, edition_id=programme.edition.pk) for one in organisations):
        return True
    employers = {one.id for one in programme.pack.roles if one.level == "employer"}
    held = parties.organisations(expanded & employers)  # an office of its own within the employer speaks for itself
    own = bool(expanded & employers) and (not held or case.applying_unit_id in held)
    return own and not deciding and _files_for(actor, case)


def may_decide(actor: Actor, programme: Programme, roles: Iterable[str]) -> bool:
    """May the actor close a list or publish for one of these roles of the edition?"""
    if actor.is_platform:
        return True
    held = edition_parties(programme)
    return any(
        actor.has(*DECIDING, organisation_id=one, edition_id=programme.edition.pk)
        for role in programme.expand(tuple(roles))
        for one in held.get(role, ())
    )


def is_applicant(actor: Actor, case: Case) -> bool:
    """Did the actor file this case, or is it about them?"""
    if actor.user_id is None:
        return False
    return case.filer_id == actor.user_id or (case.subject is not None and case.subject.user_id == actor.user_id)


def files(actor: Actor, case: Case) -> bool:
    """May the actor fill in and hand in this case: whoever filed it, and the people of the unit it comes from?"""
    return actor.is_platform or is_applicant(actor, case) or _files_for(actor, case)


def _files_for(actor: Actor, case: Case) -> bool:
    roles = ("filer", "officer", "approver")
    return actor.has(*roles, organisation_id=case.applying_unit_id, edition_id=case.process.edition_id)
