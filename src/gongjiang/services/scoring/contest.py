"""Results that were decided elsewhere, such as a contest's: brought in with their source (ledger N-11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.rounding import exact
from gongjiang.models import ImportedScore
from gongjiang.rules.programmes.schema.lists import nodes_of
from gongjiang.rules.programmes.stage_types.panel import Panel
from gongjiang.rules.scoring.aggregate import parse_score
from gongjiang.services.audit.append import append
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.scoring.asking import judged_cases
from gongjiang.services.scoring.authority import panel_stage, require_open, require_runner
from gongjiang.services.scoring.trees import tree_of

#: What a result may be at most where the pack doesn't say.
MOST = Fraction(1_000_000)


@dataclass(frozen=True, slots=True)
class Result:
    """One result as brought in."""

    case_id: int
    value: str


@transaction.atomic
def import_scores(
    *, actor: Actor, at: datetime, programme: Programme, stage_id: str, results: Iterable[Result], source: str
) -> int:
    """Take the results of a panel with `scores: import`; the same again changes nothing.

    BadInput names the case whose result isn't a number within bounds; then none is taken. Returns how
    many are new or changed.
    """
    stage = panel_stage(programme, stage_id)
    require_runner(actor, programme, stage)
    require_open(programme, stage)
    if stage.scores != "import":
        raise BadInput("这一环节由专家评分，不导入成绩。", "Experts score here.", place=stage.shown)
    if not source.strip():
        raise BadInput("请写明成绩的出处（赛事、公布文件）。", "Name the source.", place="出处")
    most = most_of(programme, stage)
    cases = {one.pk: one for one in judged_cases(programme, stage)}
    changed = []
    for one in results:
        if one.case_id not in cases:
            raise BadInput("有一行的人选不在本环节，请核对。", "Not on this list.", place=str(one.case_id))
        parse_score(one.value, most, place=cases[one.case_id].title)
        held = ImportedScore.objects.filter(case_id=one.case_id, stage=stage.id).first()
        value = str(one.value).strip()
        if held is not None and (held.value, held.source) == (value, source.strip()):
            continue
        ImportedScore.objects.update_or_create(
            case_id=one.case_id,
            stage=stage.id,
            defaults={"value": value, "source": source.strip()[:200], "by_id": actor.user_id, "at": at},
        )
        changed.append({"case": one.case_id, "value": value, "before": held.value if held else None})
    append(
        actor=actor,
        at=at,
        action="panel.import",
        kind="list",
        key=stage.id,
        edition_id=programme.edition.pk,
        data={"stage": stage.id, "source": source.strip(), "results": changed},
    )
    return len(changed)


def most_of(programme: Programme, stage: Panel) -> Fraction:
    """The most that a result can be: of the tree's import leaf, or of the tree."""
    root = tree_of(programme, stage)
    if root is None:
        return MOST
    node = next((one for one in nodes_of(root) if one.import_ is not None), root)
    most = programme.value(node.max)
    return MOST if most is None else exact(most)
