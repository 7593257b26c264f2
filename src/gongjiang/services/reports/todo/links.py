"""For an office: one-time links that the platform couldn't send, to be handed to whoever they are for."""

from collections import defaultdict
from datetime import datetime

from gongjiang.kernel.actor import HANDLING
from gongjiang.services.invitations.send import office_of, to_hand_out
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope


def link_items(scope: Scope) -> list[Item]:
    """One item an edition and office. One query."""
    if not scope.having(*HANDLING):
        return []
    waiting = [one for one in to_hand_out(scope.actor, scope.at) if one.handed_at is None]
    editions = {one.case.process.edition_id: one.case.process.edition for one in waiting if one.case is not None}
    told: dict[tuple[int, int], list[datetime]] = defaultdict(list)
    for one in waiting:
        if one.case is not None:
            told[one.case.process.edition_id, office_of(one.case)].append(one.expires_at)
    return [
        Item(
            "links",
            f"转交 {len(ends)} 个一次性链接",
            "去转交",
            edition_id=edition,
            edition=editions[edition].title,
            count=len(ends),
            facts=("平台没有发出，请交给专家、会签单位本人",),
            state="waiting",
            state_label="待转交",
            closes=min(ends),
            organisation_id=office if office in scope.having(*HANDLING) else scope.seat(editions[edition]),
        )
        for (edition, office), ends in told.items()
    ]
