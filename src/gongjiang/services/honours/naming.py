"""A naming before it is issued: whom the document names, by which title, who issues it, who is held up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.truth import Truth
from gongjiang.models import Case, EditionRole, Inquiry, NoticeEntry, Objection, StageRow
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.stage_types.moves import LIVE, RowState
from gongjiang.rules.programmes.stage_types.name import Name
from gongjiang.services.nominations.opinion_parties import holds
from gongjiang.services.programmes.programme import Programme
from gongjiang.services.public_notices.candidates import list_order, upstream
from gongjiang.services.public_notices.known import known_of
from gongjiang.services.rounds.tiers import tiers_of

OPEN: Final = ("open", "notified", "proposed")
"""States of inquiries that run: nobody is named meanwhile."""


@dataclass(frozen=True)
class Named:
    """One person about to be named: the honour's tier and title, and what would be shown."""

    row: StageRow
    tier: str
    tier_label: str
    title: str
    shown: dict[str, dict[str, str]]

    @property
    def case(self) -> Case:
        """The case of the row."""
        return self.row.case

    @property
    def employer(self) -> str:
        """Where they work, as the notice showed it; a media house that put them forward is not their employer."""
        return self.shown.get("employer", {}).get("text") or self.case.applying_unit.name


@dataclass(frozen=True)
class Naming:
    """A naming document before it is issued: whom it names, who issues it, who is still held up and by what."""

    programme: Programme
    stage: Name
    title: str
    issuers: tuple[str, ...]
    named: tuple[Named, ...]
    held: tuple[tuple[Case, str], ...]
    facts: Mapping[int, Facts]


def name_stage(programme: Programme, stage_id: str) -> Name:
    """The naming stage of this id; BadInput for a stage of another type."""
    stage = programme.stage(stage_id)
    if not isinstance(stage, Name):
        raise BadInput(f"“{stage.shown}”不是命名环节。", "Not a naming.", place=stage.shown)
    return stage


def prepare(programme: Programme, stage_id: str) -> Naming:
    """Whom a document issued now would name, in list order. Reads only."""
    stage = name_stage(programme, stage_id)
    rows = list(
        StageRow.objects.filter(
            process=programme.process, stage=stage.id, state=RowState.OPEN, case__state__in=sorted(LIVE)
        )
        .select_related("case__subject", "case__nominator", "case__applying_unit")
        .prefetch_related("case__parties__organisation")
        .order_by("id")
    )
    running = Inquiry.objects.filter(case__in=[row.case_id for row in rows], state__in=OPEN)
    under = {one.case_id: one.number for one in running if one.case_id is not None}
    held = [(row.case, f"正在核查（{under[row.case_id]}）") for row in rows if row.case_id in under]
    rows = list_order(programme, stage, [row for row in rows if row.case_id not in under])
    facts = known_of(programme, [row.case for row in rows])
    shown = _shown([row.case_id for row in rows])
    named = [_one(programme, row, facts[row.case_id], shown.get(row.case_id, {})) for row in rows]
    return Naming(
        programme,
        stage,
        f"关于命名{programme.edition.title}人选的决定"[:160],
        _issuers(programme, stage),
        tuple(named),
        (*held, *_held(programme, stage, {row.case_id for row in rows} | under.keys())),
        facts,
    )


def _shown(cases: Sequence[int]) -> dict[int, dict[str, dict[str, str]]]:
    """What the last notice showed of each, field by field as {label, text}: the register shows no more."""
    entries = NoticeEntry.objects.filter(case_id__in=cases).exclude(state=NoticeEntry.State.STRUCK).order_by("id")
    found: dict[int, dict[str, dict[str, str]]] = {}
    for entry in entries.select_related("notice"):
        labels = {one["id"]: one["label"] for one in entry.notice.shows}
        found[entry.case_id] = {
            key: {"label": labels[key], "text": text} for key, text in entry.shown.items() if key in labels and text
        }
    return found


def _one(programme: Programme, row: StageRow, facts: Facts, shown: dict[str, dict[str, str]]) -> Named:
    """Tier: the standing; a pack with one tier gives it now. Title: the first variant whose condition holds."""
    case, award = row.case, programme.award(row.case.award)
    tiers = tiers_of(programme, case.award)
    tier = case.standing or (tiers[0].id if len(tiers) == 1 else "")
    label = next((one.shown for one in tiers if one.id == tier), "")
    title = next(
        (one.label for one in award.titles if holds(programme, one.when, facts) is Truth.TRUE),
        label if len(tiers) > 1 and label else award.shown,
    )
    return Named(row, tier, label, title[:80], shown)


def _issuers(programme: Programme, stage: Name) -> tuple[str, ...]:
    """Who issues: holders of `by`, then of `with`, each once, in the pack's order."""
    names: dict[str, str] = dict(
        EditionRole.objects.filter(edition=programme.edition, per_case=False)
        .order_by("-id")
        .values_list("role", "organisation__name")
    )
    roles = [one for word in (*stage.by, *stage.with_) for one in sorted(programme.expand(word))]
    return tuple(dict.fromkeys(names.get(one) or programme.role_label(one) for one in roles))


def _held(programme: Programme, stage: Name, here: set[int]) -> list[tuple[Case, str]]:
    """Who stands on the notice and can't be named yet, and why."""
    publishes = {one.id for one in programme.stages if one.type == "publish"} & upstream(programme.stages, stage.id)
    rows = list(
        StageRow.objects.filter(
            process=programme.process, stage__in=publishes, state=RowState.OPEN, case__state__in=sorted(LIVE)
        )
        .exclude(case_id__in=here)
        .select_related("case")
        .order_by("id")
    )
    objected = set(
        Objection.objects.filter(entry__case_id__in=[one.case_id for one in rows])
        .exclude(state__in=[Objection.State.REFUSED, Objection.State.DECIDED])
        .values_list("entry__case_id", flat=True)
    )
    return [(row.case, "异议尚未办结" if row.case_id in objected else "公示尚未办结") for row in rows]
