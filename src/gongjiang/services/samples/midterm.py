"""The sample edition in mid-term: chosen at the end of 2024, with a year and a half of cultivation behind them."""

from datetime import date

from gongjiang.kernel.actor import platform
from gongjiang.models import Honour
from gongjiang.services.rehearsal.clock import morning
from gongjiang.services.samples import funds, keeping, plans, reports, training
from gongjiang.services.samples.editions import Workshop, run_until, working_days
from gongjiang.services.samples.parties import changzhou

PACK = "changzhou-2024"
SLUG = f"{PACK}-demo-midterm"
ACCOUNT = "jiangxin"
"""The account of the first of them: the artisan's own page."""
TODAY = date(2026, 6, 24)


def cultivated(shop: Workshop) -> None:
    """Six 培育对象 in the eighteenth of their twenty-four months, with plans, mentors, camps, activities, contact,
    benefits, reports."""
    world = shop.world(
        PACK,
        changzhou(shop.tree),
        SLUG,
        opened=date(2024, 11, 15),
        title="首批龙城工匠（演示：培育中）",
        pairs=("places=6",),
        moved=False,
    )
    run_until(world, None, 7, working_days(world, date(2024, 11, 18), date(2024, 12, 27), 8))
    held = list(Honour.objects.filter(edition=world.edition).select_related("subject", "edition").order_by("pk"))
    at = morning(TODAY)
    plans.fill(platform(), at, held)
    keeping.fill(platform(), at, held, account=ACCOUNT)
    training.fill(platform(), at, held)
    funds.fill(platform(), at, held)
    reports.fill(platform(), at, held)
