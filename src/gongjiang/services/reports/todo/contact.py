"""For those who look after artisans: whom to contact, what to answer, profiles to review; for an artisan, their own
profile to decide on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta

from gongjiang.kernel.actor import HANDLING
from gongjiang.kernel.dates import long_date
from gongjiang.models import Edition
from gongjiang.services.cultivation.contact.due import Waiting, waiting_concerns, waiting_contacts
from gongjiang.services.cultivation.profile.queries import own_to_decide, waiting_review
from gongjiang.services.programmes.windows import midnight
from gongjiang.services.reports.todo.item import Item
from gongjiang.services.reports.todo.scope import Scope


def contact_items(scope: Scope) -> list[Item]:
    """One item an edition and organisation for each kind. A fixed number of queries."""
    found = [
        Item(
            "profile_consent",
            "看一看您的风采展示，决定是否公开",
            "去看",
            edition_id=one.honour.edition.pk,
            edition=one.honour.edition.title,
            stage=str(one.honour_id),
            facts=(f"需要修改：{one.returned}",) if one.returned else ("没有您的同意不会公开",),
            state="waiting",
            state_label="待本人决定",
        )
        for one in own_to_decide(scope.actor)
        if one.honour.edition is not None
    ]
    if not scope.actor.organiser_ids(*HANDLING):
        return found
    contacts, concerns = waiting_contacts(scope.actor, scope.at), waiting_concerns(scope.actor)
    review = waiting_review(scope.actor)
    keys = {one.edition_id for one in (*contacts, *concerns)} | set(review)
    editions = Edition.objects.select_related("organiser").in_bulk(keys) if keys else {}
    for (edition, seat), (n, first) in _seated(scope, editions, contacts).items():
        fact = f"最久的从{long_date(first)}起没有联系"
        title = f"联系 {n} 位到期没有联系的工匠"
        found.append(_item("contact", title, "去联系", edition, seat, n, fact))
    for (edition, seat), (n, first) in _seated(scope, editions, concerns).items():
        title = f"答复工匠提出的 {n} 件事"
        found.append(_item("concerns", title, "去答复", edition, seat, n, "", first))
    for key, n in review.items():
        edition = editions[key]
        title = f"审核 {n} 位工匠的风采展示"
        found.append(_item("profiles", title, "去审核", edition, _seat(scope, edition, None), n, "本人已同意公开"))
    return found


def _seated(
    scope: Scope, editions: dict[int, Edition], rows: Iterable[Waiting]
) -> dict[tuple[Edition, int | None], tuple[int, date]]:
    """How many, and the earliest day, by edition and by which of my organisations does it."""
    told: dict[tuple[Edition, int | None], list[Waiting]] = defaultdict(list)
    for one in rows:
        edition = editions[one.edition_id]
        told[edition, _seat(scope, edition, one.nominator_id)].append(one)
    return {key: (sum(one.n for one in some), min(one.first for one in some)) for key, some in told.items()}


def _seat(scope: Scope, edition: Edition, nominator_id: int | None) -> int | None:
    """The organiser or its body, where I act for it; else the recommending union that is mine."""
    if scope.organises(edition):
        return scope.seat(edition)
    mine = scope.organisations(edition.pk, HANDLING)
    return nominator_id if nominator_id in mine else min(mine, default=None)


def _item(
    kind: str, title: str, verb: str, edition: Edition, seat: int | None, n: int, fact: str, last: date | None = None
) -> Item:
    return Item(
        kind,
        title,
        verb,
        edition_id=edition.pk,
        edition=edition.title,
        count=n,
        facts=(fact,) if fact else (),
        state="waiting",
        state_label="待办",
        closes=midnight(last + timedelta(days=1)) if last is not None else None,
        organisation_id=seat,
        roles=HANDLING,
    )
