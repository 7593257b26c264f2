"""Cases as facts for the rules: a batch in a handful of queries, whatever its size."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import Q

from gongjiang.kernel.interval import Interval
from gongjiang.models import Case, Coverage, File, Judgement, Letter, Mentorship, Opinion, Relation, StageRow
from gongjiang.rules.letters.independence import counting
from gongjiang.rules.people.age import age_by_number
from gongjiang.rules.programmes.derived import fill_derived
from gongjiang.rules.programmes.facts import Facts, Mentor, Row, rows_of
from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.rules.programmes.vocabulary import Vocabulary
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import as_of
from gongjiang.services.registry.known import Asked, registry_of


def facts_of(
    programme: Programme,
    cases: Iterable[Case],
    *,
    scores: Mapping[int, Mapping[str, Interval]] | None = None,
) -> dict[int, Facts]:
    """Facts by case id. Cases should come with `nominator`, `applying_unit`, `subject` and `parties`.

    `scores`: score nodes by case as they stand in an open panel; those of closed lists are on record.
    """
    listed = list(cases)
    ids = [one.pk for one in listed]
    documents: dict[int, Counter[str]] = defaultdict(Counter)
    for case_id, attachment in File.objects.filter(case_id__in=ids, removed_at=None).values_list(
        "case_id", "attachment"
    ):
        documents[case_id][attachment] += 1
    _leave_out_strangers(programme, listed, documents)
    opinions: dict[int, dict[tuple[str, str], str]] = defaultdict(dict)
    for row in (
        Opinion.objects.filter(case_id__in=ids).exclude(verdict="").values("case_id", "sheet", "party", "verdict")
    ):
        opinions[row["case_id"]][(row["sheet"], row["party"])] = row["verdict"]
    subjects = [one.subject_id for one in listed if one.subject_id]
    registry = _registry(listed, programme.pack.vocabulary) if programme.pack.asks_registry else {}
    relations, many = _relations(subjects) if programme.pack.subjects else ({}, {})
    frozen = _scores(programme, ids)
    shared, by_case = _judgements(programme, ids)
    mentors = _mentors(programme, listed)
    common: dict[str, Any] = {
        "words": programme.pack.vocabulary,
        "params": dict(programme.params),
        "as_of": as_of(programme),
        "rules": {one.id: one for one in programme.pack.ready_rules},
        "covers": dict(Coverage.objects.values_list("programme", "since")) if programme.pack.asks_registry else {},
    }
    found: dict[int, Facts] = {}
    for case in listed:
        plain, groups, single = _values(programme, case)
        groups |= _independent(programme, plain, groups)
        known = Facts(
            **common,
            subject=plain | _ages(programme, plain),
            rows=many.get(case.subject_id or 0, {}) | groups,
            relations=relations.get(case.subject_id or 0, {}) | single,
            registry=registry.get(case.pk, ()),
            case=case_facts(programme, case),
            judgements=shared | by_case.get(case.pk, {}),
            documents=dict(documents[case.pk]),
            opinions=opinions[case.pk],
            scores=frozen.get(case.pk, {}) | dict((scores or {}).get(case.pk, {})),
            granted=frozenset({case.exception} if case.exception else ()),
            reasoned={key: bool(one.get("accepted")) for key, one in case.reasoned.items()},
            submitted=case.submitted_at is not None,
            mentors=mentors.get(case.over_id or 0, {}),
        )
        found[case.pk] = fill_derived(known)
    return found


def facts_of_one(programme: Programme, case: Case, *, submitted: bool | None = None) -> Facts:
    """Facts of one case; `submitted` overrides the blank rule (a submission is judged as submitted)."""
    found = facts_of(programme, [case])[case.pk]
    if submitted is None or submitted == found.submitted:
        return found
    return Facts(**{name: getattr(found, name) for name in found.__dataclass_fields__} | {"submitted": submitted})


def _values(
    programme: Programme, case: Case
) -> tuple[dict[str, Any], dict[str, tuple[Row, ...]], dict[str, Mapping[str, Any]]]:
    """The form's plain values, rows by group or relation to many, and relations to one."""
    words = programme.pack.vocabulary
    joined = programme.relations_of(case.award)
    plain: dict[str, Any] = {}
    groups: dict[str, tuple[Row, ...]] = {}
    single: dict[str, Mapping[str, Any]] = {}
    for name, value in opened(case.values, words).items():
        if name in joined and isinstance(value, Mapping):
            single[name] = value
        elif isinstance(value, list) and (name in words.groups or name in joined):
            groups[name] = rows_of(name, value)
        else:
            plain[name] = value
    return plain, groups, single


def _independent(
    programme: Programme, plain: Mapping[str, Any], groups: Mapping[str, tuple[Row, ...]]
) -> dict[str, tuple[Row, ...]]:
    """Experts who write letters, without those that certainly don't count: the nominee, the same one again, where the
    notice says so somebody of the nominee's own unit (services/letters says which and why)."""
    found = {}
    for one in programme.pack.attachments:
        rows = groups.get(one.letters.rows) if one.letters is not None else None
        if one.letters is not None and rows:
            told = [{**row.values, "id": row.id} for row in rows]
            kept = {str(each["id"]) for each in counting(plain, told, outside=one.letters.outside)}
            found[one.letters.rows] = tuple(row for row in rows if row.id in kept)
    return found


def _leave_out_strangers(programme: Programme, cases: Iterable[Case], documents: Mapping[int, Counter[str]]) -> None:
    """A letter that an expert signed counts as a file only while the form names that expert: whoever puts another name
    into the row afterwards has no letter for it. A query for each attachment of letters, where there are files."""
    for one in programme.pack.attachments:
        held = [case for case in cases if one.letters is not None and documents[case.pk][one.id]]
        if one.letters is None or not held:
            continue
        named = {
            (case.pk, str(row.get("id"))): str(row.get("name") or "").strip()
            for case in held
            for row in case.values.get(one.letters.rows) or []
            if isinstance(row, Mapping)
        }
        signed = Letter.objects.filter(case__in=held, signed_at__isnull=False, withdrawn_at=None)
        signed = signed.filter(file__attachment=one.id, file__removed_at=None)
        for case_id, row, name in signed.values_list("case_id", "row", "name"):
            if named.get((case_id, row)) != name:
                documents[case_id][one.id] -= 1


def _ages(programme: Programme, plain: Mapping[str, Any]) -> dict[str, Any]:
    """Age by the day of birth in the identity number, where the month alone leaves two; the computed range decides
    whether it stands."""
    age = age_by_number(plain.get("birth"), plain.get("id_number"), as_of(programme))
    fields = programme.pack.vocabulary.fields.values()
    return {} if age is None else {one.id: age for one in fields if one.derived == "full_years_since_birth"}


def case_facts(programme: Programme, case: Case) -> dict[str, Any]:
    """What the case itself says: award, tier, route, nominator, and each party's organisation."""
    facts: dict[str, Any] = {
        "award": case.award,
        "tier": case.standing,
        "route": case.route,
        "nominator": case.nominator.short_name,
        "applying_unit": case.applying_unit.name,
        "exception": case.exception,
        "subject": f"{case.title}（档案{case.subject_id}）" if case.subject_id else case.title,
    }
    for party in case.parties.all():
        facts.setdefault(party.role, party.organisation.short_name)
    for role in programme.pack.roles:
        facts.setdefault(role.id, "")  # no such party: known to be nobody
    own = programme.pack.vocabulary.kinds.get("case", {})
    return facts | {name: case.values[name] for name in own if name in case.values}


def _scores(programme: Programme, ids: list[int]) -> dict[int, dict[str, Interval]]:
    """Points that closed panels have given, by case and node."""
    if not programme.pack.scoring:
        return {}
    found: dict[int, dict[str, Interval]] = defaultdict(dict)
    rows = StageRow.objects.filter(case_id__in=ids, scores__isnull=False).order_by("id")
    for case_id, nodes in rows.values_list("case_id", "scores"):
        found[case_id] |= {node: Interval(Fraction(low), Fraction(high)) for node, (low, high) in (nodes or {}).items()}
    return found


def _mentors(programme: Programme, cases: Iterable[Case]) -> dict[int, dict[str, Mentor]]:
    """Standing mentors by honour and kind; read only where a sheet asks for their opinion."""
    if not any(party.mentor for sheet in programme.pack.opinions for party in sheet.parties):
        return {}
    found: dict[int, dict[str, Mentor]] = defaultdict(dict)
    standing = Mentorship.objects.filter(state=Mentorship.State.STANDING)
    for one in standing.filter(honour__in=[case.over_id for case in cases if case.over_id]):
        found[one.honour_id][one.kind] = Mentor(one.name, one.user_id)
    return found


def _registry(cases: Iterable[Case], words: Vocabulary) -> dict[int, tuple[Row, ...]]:
    """Earlier honours by case. A draft is read by the number that was typed: its record is matched on submission."""
    return registry_of(
        Asked(
            one.pk,
            one.subject_id,
            {"name": one.title} | opened(one.values, words),
            settled=one.submitted_at is not None and one.state != CaseState.RETURNED,
        )
        for one in cases
    )


def _relations(
    subjects: list[int],
) -> tuple[dict[int, dict[str, Mapping[str, Any]]], dict[int, dict[str, tuple[Row, ...]]]]:
    """Relations to one (position 0 alone) and to many, by subject."""
    grouped: dict[int, dict[str, list[Relation]]] = defaultdict(lambda: defaultdict(list))
    for one in Relation.objects.filter(subject_id__in=subjects).select_related("other").order_by("position"):
        grouped[one.subject_id][one.name].append(one)
    singles: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    many: dict[int, dict[str, tuple[Row, ...]]] = defaultdict(dict)
    for pk, names in grouped.items():
        for name, rows in names.items():
            singles[pk][name] = {"name": rows[0].other.name} | rows[0].other.values
            many[pk][name] = tuple(
                Row(f"{name}-{one.other_id}", {"name": one.other.name} | one.other.values) for one in rows
            )
    return singles, many


def _judgements(
    programme: Programme, ids: list[int]
) -> tuple[dict[tuple[str, str], Any], dict[int, dict[tuple[str, str], Any]]]:
    """Answers about the edition, units and groups; and those about each case and its rows."""
    shared: dict[tuple[str, str], Any] = {}
    by_case: dict[int, dict[tuple[str, str], Any]] = defaultdict(dict)
    standing = Judgement.objects.filter(process=programme.process, superseded=False)
    rows = standing.filter(Q(case_id=None) | Q(case_id__in=ids)).order_by("id")
    for case_id, question, about, key, answer in rows.values_list("case_id", "question", "about", "key", "answer"):
        if case_id is None:
            shared[(question, key.partition(":")[2])] = answer
        else:
            by_case[case_id][(question, key.split(":")[-1] if about == "row" else "")] = answer
    return shared, by_case
