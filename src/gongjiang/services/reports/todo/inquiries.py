"""Inquiries on a desk: for whom it concerns the time to answer, for those who decide the next step."""

from collections.abc import Iterable
from datetime import timedelta

from gongjiang.kernel.actor import HANDLING
from gongjiang.models import Edition, Inquiry
from gongjiang.rules.inquiries.steps import RUNNING, State
from gongjiang.services.inquiries.hear import is_concerned
from gongjiang.services.inquiries.queries import RELATED, visible_to
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope

MOST = 200


def inquiry_items(scope: Scope) -> list[Item]:
    """One item an edition for those who decide, one a matter for whom it concerns. One query for who has none, as
    nearly everybody does on every page; three for the others."""
    running = visible_to(scope.actor).filter(state__in=sorted(RUNNING)).order_by("id")
    keys = list(running.values_list("pk", flat=True)[:MOST])
    if not keys:
        return []
    rows = Inquiry.objects.filter(pk__in=keys).select_related(*RELATED).prefetch_related("bodies").order_by("id")
    found: list[Item] = []
    ours: dict[tuple[Edition, int], list[Inquiry]] = {}
    for one in rows:
        if is_concerned(scope.actor, one):
            found += _theirs(one)
            continue
        edition = one.process.edition
        mine = {body.pk for body in one.bodies.all()} & scope.organisations(edition.pk, HANDLING)
        if mine:
            ours.setdefault((edition, min(mine)), []).append(one)
    return [*found, *(_ours(edition, body, rows) for (edition, body), rows in ours.items())]


def _ours(edition: Edition, body: int, rows: Iterable[Inquiry]) -> Item:
    states = [one.state for one in rows]
    waiting = states.count(State.PROPOSED)
    return Item(
        "inquiries",
        f"办理核查事项 {len(states)} 件",
        "去办理",
        edition.pk,
        edition.title,
        count=len(states),
        facts=(f"其中 {waiting} 件待第二人审批",) if waiting else (),
        state="in_progress",
        organisation_id=body,
        roles=HANDLING,
    )


def _theirs(one: Inquiry) -> list[Item]:
    if one.state != State.NOTIFIED or one.due is None or one.statement or one.waived:
        return []
    edition = one.process.edition
    return [
        Item(
            "inquiries",
            f"陈述意见：{one.number}",
            "去陈述",
            edition.pk,
            edition.title,
            facts=(one.situation,),
            state="waiting",
            state_label="待陈述",
            closes=midnight(one.due + timedelta(days=1)),
        )
    ]
