"""An expert's score sheet: saved as it grows, submitted once, corrected only by a new version (TRUST 5, 6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput, NotAllowed, NotFound, Refused
from gongjiang.kernel.rounding import exact
from gongjiang.models import Assignment, ScoreSheet
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import parse_score
from gongjiang.rules.scoring.remarks import must_say, told
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.blind import is_blind
from gongjiang.services.programmes.programme import Programme, programme_of
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.conflicts import grounds
from gongjiang.services.scoring.queries import visible_to
from gongjiang.services.scoring.trees import JudgedLeaf, judged_leaves, tree_of

#: What the words about the whole sheet are called; how long words about one line may be.
REMARK = "评语"
MOST_WORDS = 300


@dataclass(frozen=True)
class Desk:
    """What an expert has before them: the case, its sheet so far, the lines to fill."""

    programme: Programme
    stage: Panel
    assignment: Assignment
    sheet: ScoreSheet | None
    leaves: tuple[JudgedLeaf, ...]

    @property
    def locked(self) -> bool:
        """Submitted, recused or abstained: nothing can be typed."""
        submitted = self.sheet is not None and self.sheet.submitted_at is not None
        return submitted or self.assignment.state != Assignment.State.ASSIGNED


def open_desk(actor: Actor, assignment_id: int, *, lock: bool = False) -> Desk:
    """An expert's own assignment, once they have declared. To anybody else it doesn't exist."""
    rows = visible_to(actor).filter(pk=assignment_id)
    if lock:
        rows = rows.select_for_update(of=("self",))
    found = (
        rows.select_related(
            "expert__user", "expert__process__edition__pack", "case__subject", "case__nominator", "case__applying_unit"
        )
        .prefetch_related("case__parties__organisation")
        .first()
    )
    if found is None:
        raise NotFound()
    if found.expert.declared_at is None:
        raise NotAllowed("请先申明利害关系并确认保密，再打开材料。", "Declare conflicts first.", place="回避与保密")
    programme = programme_of(found.expert.process)
    stage = panel_stage(programme, found.stage)
    if is_blind(programme, stage) and found.state in {Assignment.State.RECUSED, Assignment.State.VOID}:
        raise NotFound()  # a recusal would tell of whom
    root = tree_of(programme, stage)
    leaves = judged_leaves(programme, root) if root is not None else ()
    return Desk(programme, stage, found, found.sheets.order_by("-version").first(), leaves)


@transaction.atomic
def save_sheet(
    *,
    actor: Actor,
    at: datetime,
    assignment_id: int,
    scores: Mapping[str, str],
    remark: str = "",
    remarks: Mapping[str, str] | None = None,
) -> ScoreSheet:
    """Keep a draft: any of the leaves, each within its bounds. BadInput names the first line that isn't a score.
    `remarks`: words about single leaves; without it those held stay."""
    desk = _writable(actor, assignment_id)
    return _keep(desk, at, _read(desk, scores, whole=False), remark, remarks)


@transaction.atomic
def submit_sheet(
    *,
    actor: Actor,
    at: datetime,
    assignment_id: int,
    scores: Mapping[str, str] | None = None,
    remark: str | None = None,
    remarks: Mapping[str, str] | None = None,
) -> ScoreSheet:
    """Hand the sheet in: every leaf scored, and explained where the pack asks. From then on it doesn't change.
    `scores`: what the page holds; without it the draft is taken as it is."""
    desk = _writable(actor, assignment_id)
    held = desk.sheet.scores if desk.sheet else {}
    text = (desk.sheet.remark if desk.sheet else "") if remark is None else remark
    given = _read(desk, held if scores is None else scores, whole=True)
    sheet = _keep(desk, at, given, text, remarks)
    lacking = unexplained(desk, sheet.scores, sheet.remark, sheet.remarks)
    if lacking:
        raise BadInput(lacking[0][1], "Say why.", place=lacking[0][0])
    sheet.submitted_at = at
    sheet.save(update_fields=["submitted_at"])
    _record(actor, at, desk, "sheet.submit", {"version": sheet.version, "scores": sheet.scores, "sha256": sheet.digest})
    return sheet


@transaction.atomic
def step_aside(*, actor: Actor, at: datetime, assignment_id: int, reason: str, conflict: bool = False) -> Assignment:
    """The expert doesn't score this case: a conflict of interest (recused), or abstained. With a reason."""
    desk = _writable(actor, assignment_id)
    if not reason.strip():
        raise BadInput("请写明理由。", "Give a reason.", place="理由")
    state = Assignment.State.RECUSED if conflict else Assignment.State.ABSTAINED
    _set_state(desk.assignment, state, reason)
    _record(actor, at, desk, f"sheet.{state}", {"reason": reason.strip()})
    return desk.assignment


@transaction.atomic
def reopen_sheet(
    *, actor: Actor, at: datetime, programme: Programme, stage_id: str, assignment_id: int, reason: str
) -> ScoreSheet:
    """Open a submitted sheet for correction: a new version; the old one stays and no longer counts."""
    assignment, sheet = _of_panel(actor, programme, stage_id, assignment_id, reason)
    if sheet is None or sheet.submitted_at is None or assignment.state != Assignment.State.ASSIGNED:
        raise Refused("这份评分还没有提交，不必重新打开。", "Not submitted yet.")
    made = ScoreSheet.objects.create(
        assignment=assignment,
        version=sheet.version + 1,
        scores=sheet.scores,
        remark=sheet.remark,
        remarks=sheet.remarks,
        reason=reason.strip()[:300],
        saved_at=at,
    )
    append(
        actor=actor,
        at=at,
        action="sheet.reopen",
        kind="assignment",
        key=assignment.pk,
        case_id=assignment.case_id,
        edition_id=programme.edition.pk,
        data={"version": made.version, "reason": reason.strip()},
    )
    return made


@transaction.atomic
def void_assignment(
    *, actor: Actor, at: datetime, programme: Programme, stage_id: str, assignment_id: int, reason: str
) -> Assignment:
    """A conflict found later: the score stays on record, doesn't count, and a replacement is asked for."""
    assignment, _ = _of_panel(actor, programme, stage_id, assignment_id, reason)
    _set_state(assignment, Assignment.State.VOID, reason)
    append(
        actor=actor,
        at=at,
        action="sheet.void",
        kind="assignment",
        key=assignment.pk,
        case_id=assignment.case_id,
        edition_id=programme.edition.pk,
        data={"expert": assignment.expert_id, "reason": reason.strip()},
    )
    return assignment


def _of_panel(
    actor: Actor, programme: Programme, stage_id: str, assignment_id: int, reason: str
) -> tuple[Assignment, ScoreSheet | None]:
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    if not reason.strip():
        raise BadInput("请写明理由。", "Give a reason.", place="理由")
    found = (
        Assignment.objects.select_for_update()
        .filter(pk=assignment_id, stage=stage.id, expert__process=programme.process)
        .first()
    )
    if found is None:
        raise NotFound()
    return found, found.sheets.order_by("-version").first()


def _writable(actor: Actor, assignment_id: int) -> Desk:
    desk = open_desk(actor, assignment_id, lock=True)
    if desk.assignment.state != Assignment.State.ASSIGNED:
        raise Refused(f"这一件已{desk.assignment.get_state_display()}，不再评分。", "Not yours to score any more.")
    if desk.sheet is not None and desk.sheet.submitted_at is not None:
        raise Refused("评分已经提交，不能再改；确需更正，请组织方写明理由后重新打开。", "Submitted already.")
    row = desk.assignment.case.rows.filter(stage=desk.stage.id).first()
    if row is None or row.state != RowState.OPEN:
        raise Refused("这一环节的名单已经确定，或申报已经退回，不能再评分。", "The list is closed.")
    why = grounds(desk.programme, desk.stage, desk.assignment.expert, desk.assignment.case)
    if why:
        if is_blind(desk.programme, desk.stage):
            raise NotAllowed("这一件须回避，不能评分。", "A conflict of interest.", place="回避")
        raise NotAllowed(f"{'；'.join(why)}，须回避，不能评分。", "A conflict of interest.", place="回避")
    return desk


def _read(desk: Desk, scores: Mapping[str, str], *, whole: bool) -> dict[str, str]:
    """Scores as plain decimals by leaf. What is no leaf of this sheet is left out."""
    found: dict[str, str] = {}
    for leaf in desk.leaves:
        text = str(scores.get(leaf.id, "") or "")
        if not text.strip() and not whole:
            continue
        value = parse_score(text, leaf.most, leaf.step, place=leaf.label)
        found[leaf.id] = _decimal(value.numerator, value.denominator)
    return found


def _decimal(numerator: int, denominator: int) -> str:
    """An exact decimal; steps of a sheet are decimal, so the denominator divides a power of ten."""
    places, scaled = 0, numerator
    while scaled % denominator:
        places, scaled = places + 1, scaled * 10
    text = str(scaled // denominator)
    return text if not places else f"{text[:-places].rjust(1, '0')}.{text[-places:].rjust(places, '0')}"


def unexplained(
    desk: Desk, scores: Mapping[str, str], remark: str, remarks: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Lines whose score has to be explained and isn't: the line's label (评语 for the whole), and what to do."""
    found = []
    reads = desk.programme.value
    for leaf in desk.leaves:
        score = exact(scores[leaf.id]) if leaf.id in scores else None
        if must_say(leaf.node.remark, score, leaf.most, reads) and not remarks.get(leaf.id, "").strip():
            found.append((leaf.label, f"“{leaf.label}”{told(leaf.node.remark or '', leaf.most, reads)}。"))
    root = tree_of(desk.programme, desk.stage)
    if root is not None and root.remark is not None and not remark.strip():
        most = sum((one.most for one in desk.leaves), Fraction(0))
        if must_say(root.remark, sum((exact(one) for one in scores.values()), Fraction(0)), most, reads):
            found.append((REMARK, f"{REMARK}：{told(root.remark, most, reads)}。"))
    return found


def _keep(
    desk: Desk, at: datetime, scores: dict[str, str], remark: str, remarks: Mapping[str, str] | None
) -> ScoreSheet:
    sheet = desk.sheet or ScoreSheet(assignment=desk.assignment, version=1)
    sheet.scores, sheet.remark, sheet.saved_at = scores, remark.strip()[:1000], at
    if remarks is not None:
        texts = {leaf.id: remarks.get(leaf.id, "").strip()[:MOST_WORDS] for leaf in desk.leaves}
        sheet.remarks = {name: text for name, text in texts.items() if text}
    sheet.save()
    return sheet


def _set_state(assignment: Assignment, state: str, reason: str) -> None:
    assignment.state, assignment.reason = state, reason.strip()[:300]
    assignment.save(update_fields=["state", "reason"])


def _record(actor: Actor, at: datetime, desk: Desk, action: str, data: dict[str, object]) -> None:
    append(
        actor=actor,
        at=at,
        action=action,
        kind="assignment",
        key=desk.assignment.pk,
        case_id=desk.assignment.case_id,
        edition_id=desk.programme.edition.pk,
        data={"stage": desk.stage.id, **data},
    )
