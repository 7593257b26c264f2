"""Save a step of the form that somebody else may have open too: answer by answer, nothing lost on either side."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.crypto import salted_hmac

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Stale
from gongjiang.models import Case, Edit
from gongjiang.rules.nominations.merging import BOTH, Clash, merge_answers, plain
from gongjiang.rules.nominations.paths import answer_at, nested
from gongjiang.services.nominations.edits import keep_aside
from gongjiang.services.nominations.plan import filling_stage
from gongjiang.services.nominations.save import Saved, may_edit, merge, read_changes, save_values
from gongjiang.services.nominations.transition import lock_case
from gongjiang.services.people.sealing import opened, sealed
from gongjiang.services.programmes.programme import Programme, programme_of

LATEST: Final = 60
"""Edits among which the author of an answer is looked for."""


@dataclass(frozen=True)
class Author:
    """Who wrote an answer last, and when; '' where that isn't on record."""

    name: str
    at: datetime | None = None


class Clashing(Stale):
    """Answers that another tab or person changed meanwhile, too: what was typed is not saved until somebody chose.

    `clashes`: both sides, numbers in clear; `authors`: who wrote the stored side, by path; `mine`: all paths that
    this page changed, those in dispute or not.
    """

    def __init__(
        self, clashes: tuple[Clash, ...], authors: Mapping[str, Author], mine: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(
            "此页已过期：您改的几栏，另一处也刚刚改过。两边的都还在，请逐栏选定后再存。", "Changed elsewhere meanwhile."
        )
        self.clashes = clashes
        self.authors = authors
        self.mine = mine | {one.path for one in clashes}


@dataclass(frozen=True)
class StepSaved:
    """What came of it; `elsewhere`: paths that others changed while this page was open, with who did; `taken`: paths
    whose answer is another now."""

    saved: Saved
    elsewhere: Mapping[str, Author]
    taken: frozenset[str] = frozenset()


def mark_of(value: Any) -> str:
    """A mark by which an answer is known again; it tells nothing of the answer."""
    text = json.dumps(plain(value), ensure_ascii=False, sort_keys=True, default=str)
    return salted_hmac("gongjiang.answer", text, algorithm="sha256").hexdigest()[:16]


def marks_of(programme: Programme, case: Case, paths: frozenset[str]) -> dict[str, str]:
    """Marks of the answers that a page shows."""
    values = opened(case.values, programme.pack.vocabulary)
    return {path: mark_of(answer_at(values, path)) for path in sorted(paths)}


@transaction.atomic
def save_step(
    *,
    actor: Actor,
    at: datetime,
    case_id: int,
    answers: Mapping[str, Any],
    shown: Mapping[str, str],
    choose: Mapping[str, str],
) -> StepSaved:
    """Save answers by path. `shown`: the marks of what the page showed, `choose`: for answers that clashed
    before, which side stays (mine, theirs, both).

    Raises Clashing where two changed the same answer and nobody has chosen yet, else as `save_values` does.
    """
    case = lock_case(case_id)
    programme = programme_of(case.process)
    open_now = may_edit(actor, case) and filling_stage(programme, case.rows.all()) is not None
    words = programme.pack.vocabulary
    read, _ = read_changes(programme, case.award, nested(answers, case.values), at)
    mine = opened(merge(programme, case.award, case.values, read), words)
    theirs = opened(case.values, words)
    typed = {path: answer_at(mine, path) for path in answers}
    merged = merge_answers(typed, lambda path: answer_at(theirs, path), shown, mark_of, choose)
    authors = _authors(case) if merged.elsewhere else {}
    elsewhere = {path: authors.get(_name(path), Author("")) for path in merged.elsewhere if path not in merged.taken}
    if merged.clashes:
        told = {path: authors.get(_name(path), Author("")) for path in merged.elsewhere}
        raise Clashing(merged.clashes, told, frozenset(merged.taken) | frozenset(merged.given_up))
    # What could not be read is sent on for its message; what nobody changed is not saved anew.
    taken = {path: one for path, one in answers.items() if path in merged.taken or _name(path) not in read}
    taken |= {path: one for path, one in merged.taken.items() if choose.get(path) == BOTH}
    saved = Saved(case)
    if taken or not open_now:
        saved = save_values(actor=actor, at=at, case_id=case_id, changes=nested(taken, case.values))
    if merged.given_up:
        aside = nested(merged.given_up, theirs)
        keep_aside(saved.case, actor, at, sealed(aside, words))
    return StepSaved(saved, elsewhere, frozenset(taken))


def _name(path: str) -> str:
    head, _, rest = path.partition(".")
    return rest if head == "case" else head


def _authors(case: Case) -> dict[str, Author]:
    """Who wrote each answer last, by its name."""
    rows = Edit.objects.filter(case=case).select_related("by").order_by("-id")[:LATEST]
    return {name: Author(row.by.full_name if row.by else "", row.at) for row in reversed(rows) for name in row.changes}
