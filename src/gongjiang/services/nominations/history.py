"""Who wrote what into a form and when, and an earlier text fetched back; for those who fill it in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import NotFound
from gongjiang.models import Case, Edit
from gongjiang.rules.nominations.form_plan_parts import FormPlan
from gongjiang.services.nominations.plan import filling_stage, plan_of
from gongjiang.services.nominations.queries import get_case
from gongjiang.services.nominations.save import Saved, may_edit, save_values
from gongjiang.services.people.sealing import opened
from gongjiang.services.programmes.programme import Programme, programme_of

PAGE: Final = 20
SIDES: Final = ("from", "to", "aside")


@dataclass(frozen=True)
class History:
    """Edits, newest first; `older`: the key to go on from, 0 at the end; `open`: may an earlier text be fetched?"""

    case: Case
    programme: Programme
    plan: FormPlan
    edits: tuple[Edit, ...]
    older: int
    open: bool


def history_of(actor: Actor, case_id: int, *, before: int = 0, name: str = "") -> History:
    """A page of the form's history. `name`: only what changed this answer. NotFound for all but who fills it in."""
    case = get_case(actor, case_id)
    if not may_edit(actor, case):
        raise NotFound()
    programme = programme_of(case.process)
    rows = Edit.objects.filter(case=case).select_related("by").order_by("-id")
    if name:
        rows = rows.filter(changes__has_key=name) | rows.filter(aside__has_key=name)
    if before:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    older = found[PAGE - 1].pk if len(found) > PAGE else 0
    open_now = filling_stage(programme, case.rows.all()) is not None
    return History(case, programme, plan_of(programme, case), tuple(found[:PAGE]), older, open_now)


def sides_of(programme: Programme, edit: Edit) -> dict[str, dict[str, Any]]:
    """Answers of an edit by name, each side in clear: from and to, or aside."""
    words = programme.pack.vocabulary
    found: dict[str, dict[str, Any]] = {}
    for side in ("from", "to"):
        values = opened({name: one[side] for name, one in edit.changes.items()}, words)
        for name, value in values.items():
            found.setdefault(name, {})[side] = value
    for name, value in opened(edit.aside, words).items():
        found.setdefault(name, {})["aside"] = value
    return found


@transaction.atomic
def fetch_back(*, actor: Actor, at: datetime, case_id: int, edit_id: int, name: str, side: str) -> Saved:
    """Write an earlier answer into the form again: a save like any other, so this can be undone, too.

    NotFound for an edit of another case, an answer that it didn't touch, a side that it hasn't.
    """
    case = get_case(actor, case_id)
    edit = Edit.objects.filter(case=case, pk=edit_id).first()
    if edit is None or not may_edit(actor, case) or side not in SIDES:
        raise NotFound()
    kept: Mapping[str, Any] = edit.aside if side == "aside" else edit.changes.get(name, {})
    if (name if side == "aside" else side) not in kept:
        raise NotFound()
    programme = programme_of(case.process)
    value = opened({name: kept[name if side == "aside" else side]}, programme.pack.vocabulary)[name]
    return save_values(
        actor=actor, at=at, case_id=case_id, changes={name: value}, source=f"取回第{edit.version}版的内容"
    )
