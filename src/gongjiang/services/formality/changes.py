"""What changed between one submission and the next: what an officer looks at when a case comes back mended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from gongjiang.models import Case, Revision
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.shown import shown
from gongjiang.services.people.sealing import masked
from gongjiang.services.programmes.programme import Programme

#: How many submissions are compared, the latest ones.
LATEST = 6


@dataclass(frozen=True)
class Change:
    """One box of the form: what stood there, what stands there now ('' for nothing)."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Version:
    """One submission, and what it changed against the one before; the first has changed nothing."""

    number: int
    at: datetime
    by: str
    changes: tuple[Change, ...]


def versions(programme: Programme, case: Case) -> tuple[Version, ...]:
    """The latest submissions, newest first. Numbers that are sealed stay masked."""
    kept = list(Revision.objects.filter(case=case).select_related("by").order_by("-version")[:LATEST])
    total = Revision.objects.filter(case=case).count() if len(kept) == LATEST else len(kept)
    told = [_said(programme, case, one.values) for one in kept]
    found = []
    for n, one in enumerate(kept):
        before = told[n + 1] if n + 1 < len(kept) else None
        changes = () if before is None else _changes(before, told[n])
        found.append(Version(total - n, one.at, one.by.full_name if one.by else "", changes))
    return tuple(found)


def _changes(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[Change, ...]:
    names = [*after, *(one for one in before if one not in after)]
    return tuple(
        Change(name, before.get(name, ""), after.get(name, "")) for name in names if before.get(name) != after.get(name)
    )


def _said(programme: Programme, case: Case, values: Mapping[str, Any]) -> dict[str, str]:
    """Every box by its label, as people read it; rows one below the other."""
    words = programme.pack.vocabulary
    fields, joined = programme.fields_of(case.award), programme.relations_of(case.award)
    found: dict[str, str] = {}
    for name, value in masked(dict(values), words).items():
        if is_blank(value):
            continue
        if name in joined or name in words.groups:
            columns = words.of_kind(joined[name][0]) if name in joined else words.groups[name]
            rows = [value] if isinstance(value, dict) else value
            label = words.rows_label(name)
            found[label] = "\n".join(_row(programme, columns, row) for row in rows)
        elif name in fields:
            found[fields[name].shown] = shown(programme, fields[name], value)
    return found


def _row(programme: Programme, columns: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    cells = [shown(programme, spec, row.get(key), "YYYY.M") for key, spec in columns.items()]
    return "　".join(one for one in cells if one)
