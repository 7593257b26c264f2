"""The way of a case so far and to come: what happened, told from its audit entries; where it stands; what follows."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongjiang.models import Case, Entry, Extension, StageRow
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.programmes.windows import stage_window

#: Entries about a case that are steps of its way.
STEPS = "case."
#: Entries that say nothing to those who read the way.
QUIET = frozenset({"case.save", "case.reason", "case.reason_accepted"})
WORDS = {"case.start": "开始填报", "case.exception": "批准破格", "case.left_behind": "名单未再等候"}


@dataclass(frozen=True)
class Step:
    """One step: `kind` is done, back (sent back or ended), now, or next."""

    title: str
    kind: str
    at: datetime | None = None
    by: str = ""
    note: str = ""
    due: str = ""


def way(programme: Programme, case: Case, rows: Mapping[str, StageRow]) -> tuple[Step, ...]:
    """Steps in order of time, then the open ones, then those to come. A handful of queries, however long it was."""
    past = _past(programme, case)
    told = {stage for stage, _ in past}
    older = [
        Step(stage.shown, "done" if row.state == RowState.DONE else "back", row.moved_at, "", row.note)
        for stage in programme.stages
        if (row := rows.get(stage.id)) is not None
        and stage.id not in told
        and row.state in {RowState.DONE, RowState.OUT, RowState.STRUCK, RowState.ALTERNATE, RowState.RETAINED}
    ]
    ended = any(row.state in {RowState.OUT, RowState.STRUCK} for row in rows.values())
    return (*older, *(step for _, step in past), *_ahead(programme, rows, ended))


def _past(programme: Programme, case: Case) -> list[tuple[str, Step]]:
    entries = Entry.objects.filter(kind="case", case_id=case.pk, action__startswith=STEPS).exclude(action__in=QUIET)
    found = []
    for entry in entries.order_by("seq"):
        data = json.loads(entry.body)["data"]
        name = str(data.get("stage", ""))
        stage = next((one for one in programme.stages if one.id == name), None)
        label, kind = _said(stage, entry.action, data)
        found.append((name, Step(label, kind, entry.at, entry.actor_name, str(data.get("reason", "")))))
    return found


def _said(stage: Stage | None, action: str, data: Mapping[str, object]) -> tuple[str, str]:
    if action in WORDS:
        return WORDS[action], "back" if action == "case.left_behind" else "done"
    chosen = next((one for one in getattr(stage, "moves", ()) if f"case.{one.action}" == action), None)
    if stage is None or chosen is None:
        return WORDS.get(action, action.removeprefix(STEPS)), "done"
    back = chosen.target in {RowState.WAITING, RowState.OUT, RowState.STRUCK}
    return f"{stage.shown}：{chosen.label}", "back" if back else "done"


def _ahead(programme: Programme, rows: Mapping[str, StageRow], ended: bool) -> list[Step]:
    moved = list(Extension.objects.filter(edition=programme.edition).order_by("id"))
    found: list[Step] = []
    for stage in programme.stages:
        row = rows.get(stage.id)
        if row is not None and row.state == RowState.OPEN:
            found.append(Step(stage.shown, "now", row.opened_at, note="正在办理", due=_due(programme, stage, moved)))
        elif (row is None or row.state == RowState.WAITING) and not ended:
            found.append(Step(stage.shown, "next", due=_due(programme, stage, moved)))
    return sorted(found, key=lambda one: one.kind != "now")


def _due(programme: Programme, stage: Stage, moved: Iterable[Extension]) -> str:
    if not (stage.time or stage.due):
        return ""
    last = stage_window(programme, stage, None, moved).last_day
    return f"{last.month}月{last.day}日前" if last is not None else ""
