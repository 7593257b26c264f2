"""A package of the samples: what one small unit has handed in, asked for this morning. The worker makes it once the
platform is served: who loads the samples forks the servers, and a compiler of forms doesn't outlive a fork."""

from datetime import datetime, timedelta
from typing import Final

from gongjiang.models import Edition, User
from gongjiang.services.accounts.actor import actor_of
from gongjiang.services.packages.ask import ask_archive
from gongjiang.services.packages.queries import choices, chosen
from gongjiang.services.programmes.programme import main_process, programme_of

EDITION, WHO = "nanning-2026", "yanjinzhi"
FEW: Final = 2
"""So many people make a package worth looking into that takes no time to make."""


def bring(now: datetime) -> None:
    """The office's archive of the first unit with `FEW` nominations."""
    at = now - timedelta(hours=1)
    edition, actor = Edition.objects.get(slug=EDITION), actor_of(User.objects.get(username=WHO), at)
    unit = next((one for one in choices(actor, edition) if one.unit_id and one.number == FEW), None)
    if unit is None:
        return
    ask_archive(
        actor=actor,
        at=at,
        programme=programme_of(main_process(edition)),
        title=f"{edition.title} {unit.name}材料",
        cases=chosen(actor, edition, unit.unit_id),
        forms=("pdf",),
        evidence=True,
    )
