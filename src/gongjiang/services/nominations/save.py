"""Save what was typed: any field at any time, checked by its type, never lost to somebody else's save."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, Refused, Stale
from gongjiang.models import Case
from gongjiang.rules.nominations.values import read_field, read_rows
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.audit.append import append
from gongjiang.services.nominations.authority import files
from gongjiang.services.nominations.edits import keep_edit
from gongjiang.services.nominations.plan import fillable, filling_stage, plan_of
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.people.sealing import open_text, sealed
from gongjiang.services.programmes.programme import Programme, programme_of


@dataclass(frozen=True)
class Saved:
    """The case after saving, and the fields that could not be taken, each with its message."""

    case: Case
    problems: tuple[BadInput, ...] = ()


def may_edit(actor: Actor, case: Case) -> bool:
    """Whoever filed it and the people of the unit it comes from; when, the open apply stage says."""
    return files(actor, case)


@transaction.atomic
def save_values(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    changes: Mapping[str, Any],
    version: int | None = None,
    source: str = "",
) -> Saved:
    """Set fields of the form. `version`: the version that the page showed; another one raises Stale.

    `source`: where the answers come from, where nobody typed them (a workbook, an earlier nomination).

    Unknown fields are refused (a smuggled `state` changes nothing); wrong values of one field don't
    stop the others: they come back as problems.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    if not may_edit(actor, case):
        raise NotAllowed("这份申报不由您填写。", "Not yours to fill in.")
    stage = filling_stage(programme, case.rows.all())
    if stage is None:
        raise Refused("已经提交，不能再改；需要修改请先由受理单位退回。", "Submitted; it can't be edited now.")
    changes = _of_stage(programme, case, stage, changes)
    if version is not None and version != case.version:
        raise Stale("此页已过期：另一处刚刚保存过。您填的内容还在，请对照后再存。", "Saved elsewhere meanwhile.")
    values, problems = read_changes(programme, case.award, changes, at)
    before, merged = case.values, merge(programme, case.award, case.values, values)
    if case.submitted_at is None and _number(case.values) != _number(merged):
        case.subject = None  # a draft is about nobody yet; a refused attempt had found somebody by the old number
    case.values = sealed(merged, programme.pack.vocabulary)
    case.title = str(merged.get("name") or case.title)[:60]
    case.version += 1
    case.save(update_fields=["values", "title", "version", "subject"])
    keep_edit(programme, case, before, actor, at, source)
    append(
        actor=actor,
        at=at,
        action="case.save",
        kind="case",
        key=case.pk,
        case_id=case.pk,
        edition_id=programme.edition.pk,
        data={"fields": sorted(values), "version": case.version},
    )
    return Saved(case, tuple(problems))


def _of_stage(programme: Programme, case: Case, stage: Stage, changes: Mapping[str, Any]) -> Mapping[str, Any]:
    """The changes, if the stage is one at which all of them are filled in. Raises Refused naming the others."""
    if stage.type == "apply":
        return changes
    sections = plan_of(programme, case).sections
    known = frozenset(name for one in sections if fillable(stage, one) for name in one.names)
    if others := [name for name in changes if name not in known]:
        fields = programme.fields_of(case.award)
        labels = "、".join(fields[name].shown if name in fields else name for name in others)
        raise Refused(f"已经提交，“{stage.shown}”时不能再改：{labels}。", "Submitted; this can't be edited now.")
    return changes


def _number(values: Mapping[str, Any]) -> str:
    return open_text(str(values.get("id_number") or ""), "id_number")


def apply_ids(programme: Programme) -> list[str]:
    """Ids of the apply stages."""
    return [one.id for one in programme.stages if one.type == "apply"]


def read_changes(
    programme: Programme, award: str, changes: Mapping[str, Any], at: datetime, *, strict: bool = False
) -> tuple[dict[str, Any], list[BadInput]]:
    """Values by field as they will be stored, and what could not be read.

    Names are fields of the award's subject or of the case, row groups, and relations: one other
    (`leader`: a mapping of its fields) or several (`members`: rows).
    """
    words, on = programme.pack.vocabulary, timezone.localtime(at).date()
    fields, joined = programme.fields_of(award), programme.relations_of(award)
    values: dict[str, Any] = {}
    problems: list[BadInput] = []
    for name, raw in changes.items():
        try:
            if name in joined:
                columns = words.of_kind(joined[name][0])
                rows = read_rows(columns, raw if joined[name][1] else [raw], words, on=on, strict=strict)
                values[name] = rows if joined[name][1] else (rows[0] if rows else {})
            elif name in words.groups:
                values[name] = read_rows(words.groups[name], raw, words, on=on, strict=strict)
            elif name in fields and fields[name].type not in {"rows", "file", "photo"}:
                values[name] = read_field(fields[name], raw, words, on=on, strict=strict)
            else:
                problems.append(BadInput(f"表中没有“{name}”这一栏。", "No such field.", place=name))
        except BadInput as problem:
            problems.append(problem)
    return values, problems


def merge(programme: Programme, award: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """New over old; a masked number that came back from the page keeps the number that was there."""
    words, merged = programme.pack.vocabulary, dict(old)
    joined = programme.relations_of(award)
    for name, value in new.items():
        if name in joined or name in words.groups:
            columns = words.of_kind(joined[name][0]) if name in joined else words.groups[name]
            before = old.get(name, [])
            kept = {row.get("id"): row for row in ([before] if isinstance(before, dict) else before)}
            rows = [value] if isinstance(value, dict) else value
            fresh = [_keep_masked(columns, row, kept.get(row.get("id"), {})) for row in rows if row]
            merged[name] = (fresh[0] if fresh else {}) if isinstance(value, dict) else fresh
        else:
            merged[name] = _keep_masked(programme.fields_of(award), {name: value}, old)[name]
    return merged


def _keep_masked(columns: Mapping[str, Any], row: Mapping[str, Any], old: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: old.get(key, "")
        if columns.get(key) is not None
        and columns[key].type in {"id_number", "mobile"}
        and isinstance(value, str)
        and "*" in value
        and value != open_text(str(old.get(key, "")), columns[key].type)
        else value
        for key, value in row.items()
    }
