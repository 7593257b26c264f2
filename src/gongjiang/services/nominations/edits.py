"""What was written into a form, kept: each answer before and after, saves that follow each other in one row."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from gongjiang.kernel.actor import Actor
from gongjiang.models import Case, Edit
from gongjiang.rules.nominations.merging import same
from gongjiang.services.nominations.plan import plan_of
from gongjiang.services.nominations.statements import statements_of
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme

ONE_GO: Final = timedelta(minutes=10)
"""Saves of one person within so long of their first are told as one."""


def keep_edit(
    programme: Programme, case: Case, before: Mapping[str, Any], actor: Actor, at: datetime, source: str = ""
) -> None:
    """Keep what `case.values` says otherwise than `before` did; both as stored."""
    changes = changed(programme, before, case.values)
    if not changes:
        return
    last = Edit.objects.filter(case=case).order_by("-id").first()
    if last is None or not _goes_on(last, case, actor, at, source) or _parted(programme, case, last, changes):
        Edit.objects.create(
            case=case, version=case.version, changes=changes, source=source, by_id=actor.user_id, began_at=at, at=at
        )
        return
    for name, one in changes.items():
        last.changes[name] = {"from": last.changes.get(name, one)["from"], "to": one["to"]}
        if same(last.changes[name]["from"], one["to"]):  # typed and taken back
            del last.changes[name]
    last.version, last.at = case.version, at
    last.save(update_fields=["changes", "version", "at"])


def keep_aside(case: Case, actor: Actor, at: datetime, aside: Mapping[str, Any]) -> None:
    """Keep answers (as stored) that somebody typed and gave up for what another had saved meanwhile."""
    Edit.objects.create(case=case, version=case.version, aside=dict(aside), by_id=actor.user_id, began_at=at, at=at)


def changed(programme: Programme, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Answers by name that differ; a number sealed anew is the same number."""
    words = programme.pack.vocabulary
    old, new = opened(before, words), opened(after, words)
    names = [*new, *(one for one in old if one not in new)]
    return {
        name: {"from": before.get(name, ""), "to": after.get(name, "")}
        for name in names
        if not same(old.get(name), new.get(name))
    }


def _parted(programme: Programme, case: Case, last: Edit, changes: Mapping[str, Any]) -> bool:
    """A statement is a row of its own: it has to be seen what was written before it and what after."""
    apart = {one.path for one in statements_of(plan_of(programme, case))}
    return bool(apart & last.changes.keys()) != bool(apart & changes.keys())


def _goes_on(last: Edit, case: Case, actor: Actor, at: datetime, source: str) -> bool:
    """Is this save part of what the same person was writing just now, nothing handed in meanwhile?"""
    return (
        last.by_id == actor.user_id
        and last.source == source
        and not last.aside
        and at - last.began_at <= ONE_GO
        and last.version == case.version - 1
    )
