"""Finding people again: by the keyed hash of their number, or by what else is known of them. Never joins anybody."""

from collections.abc import Iterable, Mapping
from typing import Any

from gongjiang.kernel.dates import Month, parse_month
from gongjiang.kernel.errors import BadInput
from gongjiang.models import PersonQuestion, RegistryEntry, Subject
from gongjiang.rules.people.identity import PersonFacts


def person_facts(name: str, number_hash: str | None, birth: Any, employer: Any) -> PersonFacts:
    """Somebody as they are compared; what cannot be read as a month is left open."""
    return PersonFacts(name, number_hash or None, _month(birth), str(employer or "") or None)


def facts_of_values(values: Mapping[str, Any], number_hash: str | None) -> PersonFacts:
    """The person of a form (or of a record's values)."""
    return person_facts(str(values.get("name") or ""), number_hash, values.get("birth"), values.get("employer"))


def facts_of_subject(subject: Subject) -> PersonFacts:
    """The person of a record."""
    return person_facts(
        subject.name, subject.identity_hash, subject.values.get("birth"), subject.values.get("employer")
    )


def people_like(wanted: Iterable[PersonFacts]) -> list[tuple[Subject, PersonFacts]]:
    """Records that one of these may be: same number or same name; a record comes once for each unit it is known
    with. Three queries. Records that were joined to another are left out."""
    asked = list(wanted)
    numbers = {one.number for one in asked if one.number}
    names = {one.name for one in asked if one.name}
    joined = PersonQuestion.objects.filter(state=PersonQuestion.State.SAME).values("one")
    persons = Subject.objects.filter(kind="person").exclude(pk__in=joined)
    found = {one.pk: one for one in persons.filter(identity_hash__in=numbers)} if numbers else {}
    found |= {one.pk: one for one in persons.filter(name__in=names)}
    known = [(one, facts_of_subject(one)) for one in found.values()]
    listed = RegistryEntry.objects.filter(standing=True, name__in=names, subject__isnull=False)
    for pk, name, birth, unit in listed.values_list("subject_id", "name", "birth", "unit").distinct():
        if pk in found:
            known.append((found[pk], person_facts(name, found[pk].identity_hash, birth, unit)))
    return known


def _month(raw: Any) -> Month | None:
    try:
        return parse_month(raw) if raw else None
    except (BadInput, ValueError, TypeError):
        return None
