"""What the registers say of nominees: rows of their own record, and rows of people who may be the same."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from gongjiang.kernel.truth import Truth
from gongjiang.models import Honour, PersonQuestion, RegistryEntry, Subject
from gongjiang.rules.people.identity import PersonFacts, same_person
from gongjiang.rules.programmes.facts import Row
from gongjiang.rules.registry.entry import LEVELS
from gongjiang.services.people.matching import facts_of_values, person_facts
from gongjiang.services.people.sealing import identity_hash

MOST_ALIKE = 20
"""Namesakes told of one person; a handful is what anybody can check."""


@dataclass(frozen=True)
class Asked:
    """One nominee: the key of the answer, their record if there is one, and what their form says (in clear)."""

    key: int
    subject_id: int | None
    values: Mapping[str, Any]
    settled: bool = True
    """Was the record matched to the form as it stands? A draft's number may have been typed since."""


def registry_of(asked: Iterable[Asked]) -> dict[int, tuple[Row, ...]]:
    """Registry rows by key, in a fixed number of queries. Unseen rows are of namesakes without a number."""
    people = list(asked)
    said = {one.key: facts_of_values(one.values, _hash(one.values)) for one in people}
    mine = _records(people, said)
    rows = _own({pk for pk in mine.values() if pk is not None})
    alike = _alike(said, mine)
    return {one.key: (*rows.get(mine[one.key] or 0, ()), *alike.get(one.key, ())) for one in people}


def _hash(values: Mapping[str, Any]) -> str | None:
    number = str(values.get("id_number") or "")
    return identity_hash(number) if number and "*" not in number else None


def _records(people: list[Asked], said: Mapping[int, PersonFacts]) -> dict[int, int | None]:
    """Each nominee's record: their own, or while drafting the one with the number that was typed."""
    open_ = [one for one in people if not one.settled or one.subject_id is None]
    numbers = {number for one in open_ if (number := said[one.key].number)}
    known: dict[str, int] = {}
    if numbers:
        rows = Subject.objects.filter(kind="person", identity_hash__in=numbers)
        known = {str(number): pk for number, pk in rows.values_list("identity_hash", "pk")}
    found = {one.key: one.subject_id for one in people}
    for one in open_:
        number = said[one.key].number
        if number is not None:
            found[one.key] = known.get(number)
    return found


def _own(subjects: set[int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for honour in Honour.objects.filter(subject_id__in=subjects).order_by("id"):
        found[honour.subject_id].append(Row(f"honour-{honour.pk}", _conferred(honour)))
    entries = RegistryEntry.objects.filter(standing=True, subject_id__in=subjects)
    for entry in entries.select_related("source__register").order_by("id"):
        found[entry.subject_id or 0].append(Row(f"entry-{entry.pk}", _listed(entry)))
    return found


def _alike(said: Mapping[int, PersonFacts], mine: Mapping[int, int | None]) -> dict[int, list[Row]]:
    """Rows of records with the same name that nothing tells apart, unless somebody has decided."""
    names: dict[str, list[int]] = defaultdict(list)
    for key, one in said.items():
        if one.name:
            names[one.name].append(key)
    listed = _namesakes(names)
    if not listed:
        return {}
    others = {pk for pk, _, _, _ in listed}
    differ = set(
        PersonQuestion.objects.filter(state=PersonQuestion.State.OTHER)
        .filter(Q(one_id__in=others) | Q(other_id__in=others))
        .values_list("one_id", "other_id")
    )
    found: dict[int, list[Row]] = defaultdict(list)
    for pk, facts, row, where in listed:
        for key in names[facts.name]:
            own = mine[key] or 0
            if pk == own or (pk, own) in differ or (own, pk) in differ or len(found[key]) >= MOST_ALIKE:
                continue
            if same_person(said[key], facts).same is Truth.UNKNOWN:
                found[key].append(Row(row.id, row.values, unseen=True, ask=_ask(said[key], facts, where)))
    return found


def _namesakes(names: Iterable[str]) -> list[tuple[int, PersonFacts, Row, str]]:
    """Rows whose people have no number on record, by name: record, person, row, where it stands."""
    open_ = {"subject__kind": "person", "subject__identity_hash": None}
    found: list[tuple[int, PersonFacts, Row, str]] = []
    entries = RegistryEntry.objects.filter(standing=True, name__in=list(names), **open_)
    for one in entries.select_related("source__register").order_by("id"):
        facts = person_facts(one.name, None, one.birth, one.unit)
        where = f"“{one.source.register.label}”名册第{one.row}行"
        found.append((one.subject_id or 0, facts, Row(f"alike-{one.pk}", _listed(one)), where))
    honours = Honour.objects.filter(subject__name__in=list(names), **open_).select_related("subject").order_by("id")
    for honour in honours:
        facts = facts_of_values(honour.subject.values | {"name": honour.subject.name}, None)
        row = Row(f"alike-honour-{honour.pk}", _conferred(honour))
        found.append((honour.subject_id, facts, row, f"“{honour.title}”（{honour.from_date.year}年命名）"))
    return found


def _ask(one: PersonFacts, other: PersonFacts, where: str) -> str:
    month = one.birth is not None and one.birth == other.birth
    likeness = "同名同出生年月" if month else "同名"
    lacks = "没有身份证号可比" if month else "出生年月、身份证号都不全"
    return f"{where}有一人与“{one.name}”{likeness}，{lacks}，待核对是否同一人"


def _conferred(one: Honour) -> dict[str, Any]:
    return {
        "programme": one.register or one.programme,
        "award": one.award,
        "tier": one.tier,
        "level": LEVELS.get(one.level, one.level),
        "date": one.from_date,
        "until": one.until,
        "state": one.state,
    }


def _listed(one: RegistryEntry) -> dict[str, Any]:
    return {
        "programme": one.source.register.code,
        "award": one.award,
        "tier": one.tier,
        "level": LEVELS.get(one.level or one.source.register.level, ""),
        "date": one.date,
        "until": one.until,
        "state": one.honour_state,
    }
