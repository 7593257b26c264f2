"""The samples of national-2024: being filed, and before its experts."""

from datetime import date

from gongjiang.services.rehearsal.plan import plan_nominees
from gongjiang.services.samples.editions import Workshop, run_until, working_days
from gongjiang.services.samples.filing import file_up_to
from gongjiang.services.samples.nanning import seat_and_score
from gongjiang.services.samples.paperwork import letters_by_link
from gongjiang.services.samples.parties import national

PACK = "national-2024"
TITLE = "2024年大国工匠培育对象推选"
#: How far the nominations of the edition being filed are, in turns over the units.
FILED = ("draft", "recommend", "recommend", "upward", "recommend", "recommend", "upward", "report_up", "recommend")


def filing(shop: Workshop) -> None:
    """An edition with its windows moved to this summer: drafts, checks, units about to decide."""
    world = shop.world(PACK, national(shop.tree), PACK, opened=date(2026, 6, 1))
    planned = plan_nominees(world, len(FILED))
    days = working_days(world, date(2026, 6, 8), date(2026, 6, 23), len(planned))
    for nominee, how, day in zip(planned, FILED, days, strict=False):
        file_up_to(world, nominee, "submitted" if how == "upward" else how, day)
    letters_by_link(world)


def scoring(shop: Workshop) -> None:
    """Sixteen before the experts."""
    world = shop.world(
        PACK, national(shop.tree), f"{PACK}-demo-scoring", opened=date(2026, 4, 7), title=f"{TITLE}（演示：专家评审中）"
    )
    run_until(world, "panel", 16, working_days(world, date(2026, 4, 7), date(2026, 6, 16), 5))
    seat_and_score(world, "panel", "national_jury", date(2026, 6, 17), shop)
