"""禁报期 as the registers' keepers see it: whom their organisations' decisions bar from being nominated, until when."""

from datetime import datetime

from gongjiang.kernel.actor import HANDLING, Actor
from gongjiang.models import Bar
from gongjiang.services.programmes.windows import today_of
from gongjiang.services.registry.authority import must_keep, seats

MOST = 200


def bars_seen(actor: Actor, at: datetime) -> list[Bar]:
    """Those that run, the one that ends first on top; administrators of the system see all."""
    must_keep(actor)
    rows = Bar.objects.filter(until__gte=today_of(at)).select_related("subject", "outcome", "organiser")
    if not (actor.is_platform or actor.has("system_admin")):
        rows = rows.filter(organiser_id__in=seats(actor) | actor.organiser_ids(*HANDLING))
    return list(rows.order_by("until", "pk")[:MOST])
