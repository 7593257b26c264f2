"""Who sits in the bodies that decide, as the edition seated them."""

from gongjiang.models import Seat
from gongjiang.rules.programmes.schema.stage import Stage
from gongjiang.services.programmes.programme import Programme


def members_of(programme: Programme, stage: Stage) -> list[str]:
    """Names in the seats of the bodies of a stage, in their order; none where nobody was seated."""
    roles = programme.expand(stage.by)
    names = (
        Seat.objects.filter(edition=programme.edition, role__in=roles)
        .exclude(name="")
        .order_by("role", "position", "id")
        .values_list("name", flat=True)
    )
    return list(dict.fromkeys(names))
