"""Whom the rows of a list are about: one person one record, and never two joined on a guess (ledger X-01)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongjiang.models import PersonQuestion, RegistryEntry, Subject
from gongjiang.rules.people.identity import Outcome, PersonFacts, settle
from gongjiang.services.people.matching import people_like, person_facts

Came = RegistryEntry.Outcome


@dataclass
class Matched:
    """What came of a row: its person (not in the database yet, if `looking`), and others it may be."""

    outcome: str
    subject: Subject
    asked: tuple[Subject, ...] = ()
    told: str = ""
    numbered: bool = False
    """The record had no number, and the row gives it."""


def match(entries: Sequence[RegistryEntry], at: datetime, *, looking: bool = False) -> list[Matched]:
    """A batch of rows, in a handful of queries. `looking`: nothing is written.

    A row with the number of somebody is theirs; without one, name, birth month and unit must be those of exactly one
    person. Whoever else it may be gets a record of their own and a question.
    """
    facts = [person_facts(one.name, one.number_hash, one.birth, one.unit) for one in entries]
    people: list[Subject] = []
    known: list[tuple[int, PersonFacts]] = []
    places: dict[int, int] = {}
    for subject, said in people_like(facts):
        if subject.pk not in places:
            places[subject.pk] = len(people)
            people.append(subject)
        known.append((places[subject.pk], said))
    index: dict[str, list[tuple[int, PersonFacts]]] = {}
    for one in known:
        _index(index, *one)
    found = [_one(entry, said, index, people, at) for entry, said in zip(entries, facts, strict=True)]
    if not looking:
        _write(found, at)
    return found


def _index(index: dict[str, list[tuple[int, PersonFacts]]], place: int, said: PersonFacts) -> None:
    for key in {f"n:{said.name}", f"h:{said.number}" if said.number else ""} - {""}:
        index.setdefault(key, []).append((place, said))


def _one(
    entry: RegistryEntry,
    said: PersonFacts,
    index: dict[str, list[tuple[int, PersonFacts]]],
    people: list[Subject],
    at: datetime,
) -> Matched:
    candidates = index.get(f"h:{said.number}", []) + index.get(f"n:{said.name}", [])
    found = settle(said, candidates)
    told = found.reason.text if found.reason is not None else ""
    if found.outcome is Outcome.SAME:
        subject = people[found.keys[0]]
        numbered = bool(said.number) and not subject.identity_hash
        if numbered:
            subject.identity_hash = said.number
        _index(index, found.keys[0], said)
        return Matched(Came.KNOWN, subject, told=told, numbered=numbered)
    subject = Subject(
        kind="person",
        name=entry.name,
        identity_hash=said.number,
        values={key: one for key, one in (("birth", entry.birth), ("employer", entry.unit)) if one},
        created_at=at,
    )
    people.append(subject)
    _index(index, len(people) - 1, said)
    asked = tuple(people[key] for key in found.keys)
    return Matched(Came.ASK if asked else Came.NEW, subject, asked, told)


def _write(found: Sequence[Matched], at: datetime) -> None:
    """New people, numbers that became known, questions: a query each."""
    Subject.objects.bulk_create([one.subject for one in found if one.outcome != Came.KNOWN])
    numbered = [one.subject for one in found if one.numbered and one.subject.pk]
    Subject.objects.bulk_update(numbered, ["identity_hash"])
    ask(((one.subject, other, one.told) for one in found for other in one.asked), at)


def ask(pairs: Iterable[tuple[Subject, Subject, str]], at: datetime) -> None:
    """Questions of identity, each pair once; the record without a number is the one that may be joined."""
    made = []
    for one, other, why in pairs:
        if (one.identity_hash and not other.identity_hash) or (
            bool(one.identity_hash) == bool(other.identity_hash) and one.pk < other.pk
        ):
            one, other = other, one
        made.append(PersonQuestion(one=one, other=other, why=why[:200], asked_at=at))
    PersonQuestion.objects.bulk_create(made, ignore_conflicts=True)
