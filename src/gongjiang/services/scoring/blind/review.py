"""What officers do for a blind panel: look at covered texts, add words, approve; and how far they are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import Refused
from gongjiang.models import BlindReview, Case, File, RedactedCopy, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.authority import require_open, require_runner
from gongjiang.services.scoring.blind.code import code_of
from gongjiang.services.scoring.blind.panel import blind_case, require_blind
from gongjiang.services.scoring.blind.view import BlindView, view_of

MOST_WORDS = 40


@dataclass(frozen=True)
class Reviewed:
    """A case before an officer: the text as judges would read it, each file with its copy."""

    case: Case
    code: str
    view: BlindView
    words: tuple[str, ...]
    approved_at: datetime | None
    files: tuple[tuple[File, RedactedCopy | None], ...]


@dataclass(frozen=True, slots=True)
class Readiness:
    """One line of the overview. `text`: when the words were approved, if they are still the same is told case by
    case; `shown` of `files` have an approved copy."""

    case: Case
    code: str
    text: datetime | None
    files: int
    shown: int
    waiting: int


def reviewed(actor: Actor, programme: Programme, stage: Panel, case_id: int) -> Reviewed:
    """One case for whoever runs the panel."""
    require_runner(actor, programme, stage)
    require_blind(programme, stage)
    case = blind_case(programme, stage, case_id)
    held = BlindReview.objects.filter(case=case, stage=stage.id).first()
    words = tuple(held.words) if held else ()
    view = view_of(programme, case, words)
    same = held is not None and held.digest == view.digest
    rows = File.objects.filter(case=case, removed_at=None).order_by("position", "id")
    copies = {one.file_id: one for one in RedactedCopy.objects.filter(file__case=case, removed_at=None)}
    return Reviewed(
        case,
        code_of(programme, stage.id, case.pk),
        view,
        words,
        held.approved_at if held is not None and same else None,
        tuple((one, copies.get(one.pk)) for one in rows),
    )


def overview(actor: Actor, programme: Programme, stage: Panel) -> list[Readiness]:
    """Every case on the panel's list, by number. Four queries, however many."""
    require_runner(actor, programme, stage)
    require_blind(programme, stage)
    here = StageRow.objects.filter(process=programme.process, stage=stage.id).exclude(state=RowState.WAITING)
    cases = list(Case.objects.filter(rows__in=here).select_related("nominator").order_by("number"))
    ids = [one.pk for one in cases]
    texts = dict(BlindReview.objects.filter(case_id__in=ids, stage=stage.id).values_list("case_id", "approved_at"))
    counts: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for case_id in File.objects.filter(case_id__in=ids, removed_at=None).values_list("case_id", flat=True):
        counts[case_id][0] += 1
    copies = RedactedCopy.objects.filter(file__case_id__in=ids, removed_at=None, file__removed_at=None)
    for case_id, approved in copies.values_list("file__case_id", "approved_at"):
        counts[case_id][1 if approved else 2] += 1
    return [Readiness(one, code_of(programme, stage.id, one.pk), texts.get(one.pk), *counts[one.pk]) for one in cases]


@transaction.atomic
def cover_words(
    *, actor: Actor, at: datetime, programme: Programme, stage: Panel, case_id: int, words: Sequence[str]
) -> BlindReview:
    """Words to be covered besides those found: nicknames, short names of units. The text has to be approved anew."""
    row = _row(actor, programme, stage, case_id)
    plain = list(dict.fromkeys(one.strip()[:40] for one in words if len(one.strip()) > 1))[:MOST_WORDS]
    if plain != row.words:
        row.words, row.digest, row.approved_at, row.approved_by_id = plain, "", None, None
        row.save()
        _record(actor, at, programme, stage, case_id, "blind.words")
    return row


@transaction.atomic
def approve_text(
    *, actor: Actor, at: datetime, programme: Programme, stage: Panel, case_id: int, digest: str
) -> BlindReview:
    """The officer has read the covered text; `digest`: of what was on the page. Refused if it is another one now."""
    row = _row(actor, programme, stage, case_id)
    view = view_of(programme, blind_case(programme, stage, case_id), row.words)
    if view.digest != digest:
        raise Refused("文字刚有变动，请再看一遍。", "The text has changed.", place="文字")
    row.digest, row.approved_at, row.approved_by_id = digest, at, actor.user_id
    row.save()
    _record(actor, at, programme, stage, case_id, "blind.text_approve")
    return row


def _row(actor: Actor, programme: Programme, stage: Panel, case_id: int) -> BlindReview:
    require_runner(actor, programme, stage)
    require_blind(programme, stage)
    require_open(programme, stage)
    case = blind_case(programme, stage, case_id)
    row, _ = BlindReview.objects.select_for_update().get_or_create(case=case, stage=stage.id)
    return row


def _record(actor: Actor, at: datetime, programme: Programme, stage: Panel, case_id: int, action: str) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="case",
        key=case_id,
        case_id=case_id,
        edition_id=programme.edition.pk,
        data={"stage": stage.id},
    )
