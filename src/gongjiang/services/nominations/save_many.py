"""Many drafts begun and saved at once, as if one by one: the same rights, the same way in, a few statements.

Values are those that the fields' own readers gave, strictly: nothing masked or unread is among them, so new ones simply
stand over old ones.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import Max
from pydantic_core import to_json

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Stale
from gongjiang.models import Case, CaseParty, Edit, Edition, Organisation, StageRow
from gongjiang.models.insert import insert_for_each, insert_rows
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.audit.append import Told, append_many
from gongjiang.services.nominations.parties import nominator_of, resolve_parties
from gongjiang.services.nominations.start import last_number, number_after, way_in
from gongjiang.services.people.sealing import sealed_many
from gongjiang.services.programmes.programme import Programme

BATCH = 1_000


@dataclass(frozen=True)
class Change:
    """What is saved into a case that was read before, at the version it had then; `now`: its values then, in clear."""

    case: Case
    values: Mapping[str, Any]
    now: Mapping[str, Any]


@transaction.atomic
def start_many(
    *,
    actor: Actor,
    at: datetime,
    programme: Programme,
    award: str,
    route: str,
    unit: Organisation,
    receiver: Organisation | None,
    many: Iterable[Mapping[str, Any]],
    source: str,
) -> dict[str, int]:
    """A new draft for each of `many` (values as `read_changes` gives them), all by one way in; keys by number, in
    order. Raises as `start_case`, before anything is written."""
    stage, way, receiver = way_in(actor, programme, award, route, unit, receiver)
    parties = resolve_parties(programme, way, unit, receiver)
    nominator = nominator_of(programme, parties, unit, receiver)
    Edition.objects.select_for_update().get(pk=programme.edition.pk)  # running numbers are given one at a time
    last, found, waiting = last_number(programme), dict[str, int](), iter(many)
    said = {"stage": stage.id, "award": award, "route": route, "unit": unit.pk, "nominator": nominator.pk, "version": 1}
    shared = {
        "process_id": programme.process.pk, "award": award, "route": route, "applying_unit_id": unit.pk,
        "nominator_id": nominator.pk, "filer_id": actor.user_id, "created_at": at,
    }  # fmt: skip
    row = {"process_id": programme.process.pk, "stage": stage.id, "state": str(RowState.OPEN), "opened_at": at}
    # Whose work the first version is; what it said, each later edit tells as what it found.
    edit = {"version": 1, "source": source, "by_id": actor.user_id, "began_at": at, "at": at}
    held = [{"role": role, "organisation_id": one.pk} for role, one in parties.items()]
    before = Case.objects.filter(process=programme.process).aggregate(last=Max("pk"))["last"] or 0
    while batch := list(islice(waiting, BATCH)):
        numbers = [number_after(programme, last + len(found) + n) for n in range(len(batch))]
        stored = (to_json(one).decode() for one in sealed_many(batch, programme.pack.vocabulary))
        names = [str(one.get("name") or "")[:60] for one in batch]
        insert_rows(Case, ("number", "title", "values"), zip(numbers, names, stored, strict=True), shared)
        begun = Case.objects.filter(process=programme.process, pk__gt=before).order_by("pk")
        cases = dict(begun.values_list("number", "pk"))
        before = max(cases.values())
        keys = begun.values_list("pk")
        for party in held:
            insert_for_each(CaseParty, "case_id", keys, party)
        insert_for_each(StageRow, "case_id", keys, row)
        insert_for_each(Edit, "case_id", keys, edit)
        told = [
            Told(pk, {**said, "number": number, "filled": len(values)}, pk)
            for (number, pk), values in zip(cases.items(), batch, strict=True)
        ]
        append_many(actor=actor, at=at, action="case.start", kind="case", told=told, edition_id=programme.edition.pk)
        found |= cases
    return found


@transaction.atomic
def save_many(
    *, actor: Actor, at: datetime, programme: Programme, changes: Sequence[Change], source: str
) -> list[Case]:
    """Each change into its case, whose right and stage the caller has looked at. Raises Stale, and saves nothing, if
    one of them was saved elsewhere since it was read."""
    held = _locked([one.case.pk for one in changes])
    if any(held.get(one.case.pk) != one.case.version for one in changes):
        raise Stale("刚刚又有人改过其中的申报，请重新看一遍再导入。", "Saved elsewhere meanwhile.")
    merged, edits = [{**one.now, **one.values} for one in changes], list[Edit]()
    for one, new, stored in zip(changes, merged, sealed_many(merged, programme.pack.vocabulary), strict=True):
        case = one.case
        edits.append(_edit(one, stored, actor, at, source))
        if case.submitted_at is None and (one.now.get("id_number") or "") != (new.get("id_number") or ""):
            case.subject = None  # as for a single save: a draft is about nobody yet
        case.values, case.version = stored, case.version + 1
        case.title = str(new.get("name") or case.title)[:60]
    Case.objects.bulk_update([one.case for one in changes], ["values", "title", "version", "subject"], batch_size=100)
    Edit.objects.bulk_create(edits, batch_size=100)
    told = [
        Told(one.case.pk, {"fields": sorted(one.values), "version": one.case.version}, one.case.pk) for one in changes
    ]
    append_many(actor=actor, at=at, action="case.save", kind="case", told=told, edition_id=programme.edition.pk)
    return [one.case for one in changes]


def _edit(change: Change, stored: Mapping[str, Any], actor: Actor, at: datetime, source: str) -> Edit:
    """One change for the history of its form; both sides as stored."""
    case = change.case
    before = case.values
    told = {name: {"from": before.get(name, ""), "to": stored.get(name, "")} for name in change.values}
    return Edit(
        case=case, version=case.version + 1, changes=told, source=source, by_id=actor.user_id, began_at=at, at=at
    )


def _locked(ids: Sequence[int]) -> dict[int, int]:
    """Versions of these cases, whose rows are ours until the transaction ends."""
    found: dict[int, int] = {}
    for start in range(0, len(ids), BATCH):
        rows = Case.objects.select_for_update().filter(pk__in=ids[start : start + BATCH]).order_by("pk")
        found |= dict(rows.values_list("pk", "version"))
    return found
