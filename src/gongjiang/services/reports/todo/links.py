"""For an office: one-time links that the platform couldn't send, to be handed to whoever they are for."""

from collections import Counter

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
    told = Counter((one.case.process.edition_id, office_of(one.case)) for one in waiting if one.case is not None)
    return [
        Item(
            "links",
            f"转交 {n} 个一次性链接",
            "去转交",
            edition_id=edition,
            edition=editions[edition].title,
            count=n,
            facts=("平台没有发出，请交给专家、会签单位本人",),
            state="waiting",
            state_label="待转交",
            organisation_id=office if office in scope.having(*HANDLING) else scope.seat(editions[edition]),
        )
        for (edition, office), n in told.items()
    ]
