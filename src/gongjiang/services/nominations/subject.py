"""Whom a nomination is about: one record a person, for life and across programmes (ledger X-01)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, Subject
from gongjiang.rules.people.identity import Outcome, PersonFacts, same_person, settle
from gongjiang.services.people.matching import facts_of_values, people_like
from gongjiang.services.people.sealing import identity_hash
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.registry.match import ask


def match_subject(programme: Programme, case: Case, values: Mapping[str, Any], at: datetime) -> Subject:
    """The one record: by identity number; without one, name, birth month and unit must be those of exactly one person.

    Whoever else it may be is asked about (待核对), never joined: somebody with a number is not put to a record that
    has none, for nobody could then part them before the rules have refused. A team or studio without a registry number
    of ours gets a new record, and keeps it with the case.
    """
    kind = programme.award(case.award).subject
    number = str(values.get("id_number") or "") if kind == "person" else ""
    title = str(values.get("name") or case.title)[:60]
    if kind != "person" or (not number and case.subject is not None):
        return case.subject or Subject.objects.create(kind=kind, name=title, created_at=at)
    said = facts_of_values({**values, "name": title}, identity_hash(number) if number else None)
    found = _by_number(said)
    if found is not None:
        return found
    own = case.subject
    if own is not None and own.identity_hash is None and said.number:
        return _numbered(own, said)
    return _by_likeness(said, values, at)


def _by_number(said: PersonFacts) -> Subject | None:
    if not said.number:
        return None
    return Subject.objects.filter(kind="person", identity_hash=said.number).first()


def _by_likeness(said: PersonFacts, values: Mapping[str, Any], at: datetime) -> Subject:
    known = people_like([said])
    records = {one.pk: one for one, _ in known}
    found = settle(said, ((one.pk, facts) for one, facts in known))
    if found.outcome is Outcome.SAME and not said.number:
        return records[found.keys[0]]
    kept = {key: values[key] for key in ("birth", "employer") if isinstance(values.get(key), str) and values[key]}
    fresh = {"name": said.name, "values": kept, "created_at": at}
    if said.number:
        made, _ = Subject.objects.get_or_create(kind="person", identity_hash=said.number, defaults=fresh)
    else:
        made = Subject.objects.create(kind="person", **fresh)
    _ask_about(made, said, known, at)
    return made


def _numbered(subject: Subject, said: PersonFacts) -> Subject:
    """A record that had no number takes the one that its person gave."""
    if said.number and not subject.identity_hash:
        subject.identity_hash = said.number
        subject.save(update_fields=["identity_hash"])
    return subject


def _ask_about(made: Subject, said: PersonFacts, known: list[tuple[Subject, PersonFacts]], at: datetime) -> None:
    """A question about every namesake whom nothing tells apart."""
    asked: dict[int, tuple[Subject, Subject, str]] = {}
    for one, facts in known:
        match = same_person(said, facts)
        if one.pk != made.pk and match.same is Truth.UNKNOWN:
            asked.setdefault(one.pk, (made, one, match.reason.text if match.reason else ""))
    ask(asked.values(), at)
