"""Processes over honours on a desk: rounds to open because somebody is due, rounds to settle by a decision."""

from collections import Counter
from datetime import timedelta

from gongjiang.kernel.actor import HANDLING
from gongjiang.models import Case, Edition
from gongjiang.rules.funds.money import shown
from gongjiang.rules.programmes.stage_types.moves import CaseState, RowState
from gongjiang.services.assessment.claims import open_claims_of
from gongjiang.services.assessment.due import due_now
from gongjiang.services.assessment.explain import ANSWERING, mine
from gongjiang.services.programmes.programme import whole_pack
from gongjiang.services.programmes.windows import midnight, today_of
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

SHOWN = 50
LATEST = 6
"""Editions looked at: those conferred last. Older ones stand on their own page of processes."""


def assessment_items(scope: Scope) -> list[Item]:
    """One item an edition and process that is due, one a round that is ready. For those who organise."""
    ours = scope.actor.organiser_ids(*HANDLING)
    if not ours:
        return []
    return [*_due(scope, ours), *_ready(scope, ours), *_claims(scope)]


def explanation_items(scope: Scope) -> list[Item]:
    """Explanations that one owes, for oneself or for an organisation. One query."""
    rows = mine(scope.actor).filter(answered_at=None).select_related("outcome__edition", "outcome__case")
    return [
        Item(
            "explanation",
            f"就{one.outcome.case.title}的{one.outcome.label}说明情况",
            "去说明",
            one.outcome.edition_id,
            one.outcome.edition.title,
            stage=str(one.pk),
            facts=(one.outcome.tier_label,),
            state="waiting",
            closes=midnight(one.due_on + timedelta(days=1)),
            organisation_id=one.organisation_id,
            roles=ANSWERING,
        )
        for one in rows.order_by("pk")[:SHOWN]
    ]


def _claims(scope: Scope) -> list[Item]:
    rows = open_claims_of(scope.actor).select_related("outcome__edition__organiser", "honour").order_by("pk")
    return [
        Item(
            "claim",
            f"追回{one.honour.name}已领取的款项",
            "去办理",
            one.outcome.edition_id,
            one.outcome.edition.title,
            stage=str(one.pk),
            facts=(f"应退单位或个人：{one.payee}", "数额待核定" if one.left is None else f"尚有 {shown(one.left)} 元"),
            state="in_progress",
            organisation_id=scope.seat(one.outcome.edition),
            roles=HANDLING,
        )
        for one in rows[:SHOWN]
    ]


def _due(scope: Scope, ours: set[int]) -> list[Item]:
    today = today_of(scope.at)
    editions = (
        Edition.objects.filter(parent=None, organiser_id__in=ours, honours__isnull=False)
        .exclude(state=Edition.State.PREPARING)
        .select_related("pack", "organiser")
        .defer("pack__source", "pack__notice_text")
        .distinct()
        .order_by("-pk")[:LATEST]
    )
    by_id = {one.pk: one for one in editions}
    labels = {pk: {spec.id: spec.shown for spec in whole_pack(one).processes} for pk, one in by_id.items()}
    return [
        Item(
            "process_due",
            f"开始{labels[pk][process]}：{len(names)} 人到期",
            "去开始",
            pk,
            by_id[pk].title,
            count=len(names),
            facts=tuple(names[:3]),
            state="waiting",
            organisation_id=scope.seat(by_id[pk]),
            roles=HANDLING,
        )
        for pk, processes in due_now(by_id.values(), today).items()
        for process, names in processes.items()
    ]


def _ready(scope: Scope, ours: set[int]) -> list[Item]:
    cases = (
        Case.objects.filter(process__edition__organiser_id__in=ours, process__edition__parent__isnull=False)
        .filter(state=CaseState.RUNNING)
        .exclude(standing="")
        .exclude(rows__state__in=[RowState.OPEN, RowState.WAITING])
    )
    many = Counter(cases.values_list("process__edition_id", flat=True))
    if not many:
        return []
    editions = Edition.objects.filter(pk__in=many).select_related("organiser")
    return [
        Item(
            "outcomes",
            f"按决定办结 {many[edition.pk]} 件",
            "去办结",
            edition.pk,
            edition.title,
            count=many[edition.pk],
            state="in_progress",
            organisation_id=scope.seat(edition),
            roles=frozenset({"approver"}),
        )
        for edition in editions.order_by("pk")
    ]
