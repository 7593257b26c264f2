"""What the records there are say of ties between people who judge and cases: organisations and their groups, the
persons' own records, letters, honours of teams, declarations. Read in a fixed number of queries."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from gongjiang.models import Case, Expert, Grant, Honour, Letter, Organisation, RegistryEntry, Relation, Subject
from gongjiang.rules.scoring.conflicts import CaseFacts, ExpertFacts, Shared
from gongjiang.services.scoring.houses import Houses, houses_of

#: Rows of a record: people of the family, masters and apprentices, whom they recommended, works, honours.
FAMILY, MENTORING, EXPERTS, MEMBERS = "family", "mentoring", "experts", ("leader", "members")
TOGETHER: Final = {"results": "work", "honours": "honour"}
#: Roles by which somebody works for an organisation.
WORKS: Final = (Grant.Role.FILER, Grant.Role.OFFICER, Grant.Role.APPROVER, Grant.Role.ORG_ADMIN)
NONE: Final = frozenset({"", "无", "没有", "否", "不适用", "-", "—", "/", "暂无"})


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody who scores or votes. `declared`: ties they named, by kind."""

    key: str
    name: str
    user_id: int | None
    employer: str = ""
    declared: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Records:
    """Facts by the sitter's key and by the case's id."""

    experts: Mapping[str, ExpertFacts]
    cases: Mapping[int, CaseFacts]


@dataclass(frozen=True, slots=True)
class _Ground:
    """What was read for all of them."""

    houses: Houses
    subjects: Mapping[int, Subject]
    members: Mapping[int, Sequence[str]]
    teams: Mapping[int, Sequence[tuple[int, date | None]]]
    writers: Mapping[int, frozenset[str]]
    works_for: Mapping[int, Sequence[Organisation]]
    said: Mapping[int, Mapping[str, frozenset[str]]]


def plain(text: object) -> str:
    """A name without width and white space."""
    return "".join(unicodedata.normalize("NFKC", str(text or "")).split())


def records_of(sitters: Iterable[Sitter], cases: Iterable[Case]) -> Records:
    """Cases come with `subject`, `applying_unit`, `nominator` and `parties__organisation`."""
    people, listed = list(sitters), list(cases)
    read = _read(people, listed)
    return Records(
        {one.key: _expert(one, read) for one in people},
        {one.pk: _case(one, read) for one in listed},
    )


def _expert(one: Sitter, read: _Ground) -> ExpertFacts:
    said, user = one.declared, one.user_id or 0
    before = read.said.get(user, {})
    record = read.subjects.get(user)
    values: Mapping[str, Any] = record.values if record is not None else {}
    name = plain(one.name)
    houses = [house for house in read.works_for.get(user, ()) if read.houses.employs(house)]
    employers = _names(one.employer, *said.get("employers", ()), values.get("employer"))
    employers |= _names(*(text for house in houses for text in (house.name, house.short_name)))
    now = _names(one.employer, values.get("employer")) | _names(*(house.name for house in houses))
    kin = _names(*said.get("kin", ())) | before.get("kin", frozenset()) | _rows(values, FAMILY)
    mentors = _names(*said.get("mentor_of", ())) | before.get("mentor_of", frozenset()) | _rows(values, MENTORING)
    recommended = _names(*said.get("recommended", ())) | before.get("recommended", frozenset())
    together = _names(*said.get("together", ())) | before.get("together", frozenset())
    return ExpertFacts(
        id=one.name,
        employers=employers,
        kin=kin | {f"kin:{name}"},
        mentor_of=mentors | {f"mentor:{name}"},
        recommended=recommended | {f"by:{name}"},
        declared=frozenset(said.get("cases", {})) | together,
        groups=_filled(values.get("corp_group")) | read.houses.groups(now, houses),
        branches=_filled(values.get("union_branch"), *said.get("branches", ())) | read.houses.branches(now, houses),
        shared=_shared(record, values, read),
        names=frozenset({name}),
        said=_names(*said.get("kin", ()), *said.get("mentor_of", ()), *said.get("recommended", ())),
    )


def _case(case: Case, read: _Ground) -> CaseFacts:
    values = case.values
    units = [case.applying_unit, *(one.organisation for one in case.parties.all())]
    houses = [one for one in units if one.level == Organisation.Level.EMPLOYER]
    employers = _names(values.get("employer"), *(text for one in houses for text in (one.name, one.short_name)))
    people = {plain(case.title), *(plain(one) for one in read.members.get(case.subject_id or 0, ()))}
    for name in MEMBERS:
        people |= _rows(values, name)
    writers = _rows(values, EXPERTS) | read.writers.get(case.pk, frozenset())
    if case.subject_id is not None:
        writers |= read.writers.get(-case.subject_id, frozenset())
    ties = {f"by:{one}" for one in writers} | {f"kin:{one}" for one in _rows(values, FAMILY)}
    ties |= {f"mentor:{one}" for one in _rows(values, MENTORING)}
    shared = _shared(case.subject, values, read)
    keys = {one.subject for one in shared if ":" in one.subject}
    return CaseFacts(
        id=str(case.pk),
        subjects=frozenset((people | ties | keys) - {""}),
        employers=employers,
        units=_names(case.nominator.name, case.nominator.short_name),
        groups=_filled(values.get("corp_group")) | read.houses.groups(employers, houses),
        branches=_filled(values.get("union_branch")) | read.houses.branches(employers, houses),
        on=case.submitted_at.date() if case.submitted_at is not None else None,
        shared=shared,
    )


def _shared(record: Subject | None, values: Mapping[str, Any], read: _Ground) -> frozenset[Shared]:
    """Works and prizes by their own key and with those named beside, teams by theirs."""
    found = set()
    for rows, kind in TOGETHER.items():
        for row in values.get(rows) or []:
            if not isinstance(row, Mapping):
                continue
            when = _day(row.get("date") or row.get("year"))
            partners = _people(row.get("partners"))
            found |= {Shared(one, kind, when) for one in partners}  # type: ignore[arg-type]
            if kind == "work" or partners:
                key = f"{kind}:{plain(row.get('kind'))}:{plain(row.get('title'))}"
                if plain(row.get("title")):
                    found.add(Shared(key, kind, when))  # type: ignore[arg-type]
    for team, when in read.teams.get(record.pk, ()) if record is not None else ():
        found.add(Shared(f"team:{team}", "honour", when))
    return frozenset(found)


def _read(people: Sequence[Sitter], cases: Sequence[Case]) -> _Ground:
    users = {one.user_id for one in people if one.user_id is not None}
    records = {one.user_id or 0: one for one in Subject.objects.filter(user_id__in=users)}
    works_for: dict[int, list[Organisation]] = defaultdict(list)
    for grant in Grant.objects.filter(user_id__in=users, role__in=WORKS, until=None).select_related("organisation"):
        works_for[grant.user_id].append(grant.organisation)
    said: dict[int, dict[str, frozenset[str]]] = defaultdict(dict)
    for user, words in Expert.objects.filter(user_id__in=users).values_list("user_id", "declared"):
        for kind in ("kin", "mentor_of", "recommended", "together"):
            said[user][kind] = said[user].get(kind, frozenset()) | _names(*words.get(kind, ()))
    subjects = {one.pk for one in records.values()} | {one.subject_id for one in cases if one.subject_id is not None}
    members: dict[int, list[str]] = defaultdict(list)
    of_teams: dict[int, list[int]] = defaultdict(list)
    for team, name in Relation.objects.filter(subject__in=subjects).values_list("subject_id", "other__name"):
        members[team].append(name)
    for team, other in (
        Relation.objects.filter(other__in=subjects).exclude(name="host").values_list("subject_id", "other_id")
    ):
        of_teams[team].append(other)
    units = [unit for one in cases for unit in (one.applying_unit, *(by.organisation for by in one.parties.all()))]
    units += [house for held in works_for.values() for house in held]
    names = {one.employer for one in people}
    said_by = (*(one.values for one in records.values()), *(one.values for one in cases))
    names |= {str(one.get("employer") or "") for one in said_by}
    return _Ground(
        houses_of(units, names), records, members, _honoured(of_teams), _writers(cases, subjects), works_for, said
    )


def _honoured(of_teams: Mapping[int, Sequence[int]]) -> dict[int, list[tuple[int, date | None]]]:
    """Honours that came to teams, by member."""
    found: dict[int, list[tuple[int, date | None]]] = defaultdict(list)
    rows: list[tuple[int | None, date | None]] = list(
        Honour.objects.filter(subject__in=of_teams)
        .exclude(state=Honour.State.REVOKED)
        .values_list("subject_id", "from_date")
    )
    listed = RegistryEntry.objects.filter(standing=True, subject__in=of_teams).values_list("subject_id", "date")
    rows += [(team, _day(text)) for team, text in listed]
    for team, when in rows:
        for member in of_teams.get(team or 0, ()):
            found[member].append((team or 0, when))
    return found


def _writers(cases: Sequence[Case], subjects: set[int]) -> dict[int, frozenset[str]]:
    """Who wrote a letter for these people, now or in another edition: by the case's id, else minus the subject's."""
    found: dict[int, frozenset[str]] = defaultdict(frozenset)
    written = Letter.objects.exclude(signed_at=None, file=None)
    numbers = [one.pk for one in cases]
    for case, name in written.filter(case__in=numbers).values_list("case_id", "name"):
        found[case] |= {plain(name)}
    for subject, name in written.filter(case__subject__in=subjects).values_list("case__subject_id", "name"):
        found[-(subject or 0)] |= {plain(name)}
    return found


def _names(*texts: object) -> frozenset[str]:
    return frozenset(plain(one) for one in texts) - {""}


def _filled(*texts: object) -> frozenset[str]:
    return frozenset(plain(one) for one in texts) - NONE


def _rows(values: Mapping[str, Any], name: str) -> frozenset[str]:
    """Names of the people in rows of a record (one row or several)."""
    held = values.get(name)
    rows = [held] if isinstance(held, Mapping) else held if isinstance(held, list) else []
    return _names(*(one.get("name") for one in rows if isinstance(one, Mapping)))


def _people(text: object) -> frozenset[str]:
    words = str(text or "")
    for mark in "、，,；;":
        words = words.replace(mark, "\n")
    return _filled(*words.splitlines())


def _day(raw: object) -> date | None:
    """The last day that a year, a month or a date can mean; None for what is none of them."""
    digits = [int(one) for one in "".join(c if c.isdecimal() else " " for c in plain(raw)).split()[:3] if len(one) < 5]
    try:
        return date(*(digits + [12, 28][len(digits) - 1 :])) if digits else None
    except (ValueError, TypeError):
        return None
