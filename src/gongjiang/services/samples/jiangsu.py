"""The samples of jiangsu-2026 and changzhou-2024: at every step of the enterprise's procedure, handed over, named."""

from datetime import date

from gongjiang.models import Case, File
from gongjiang.services.nominations.save import save_values
from gongjiang.services.rehearsal.world import Nominee, World
from gongjiang.services.samples.editions import Workshop, group_of, run_until, working_days
from gongjiang.services.samples.filing import file_up_to
from gongjiang.services.samples.parties import changzhou, jiangsu

JIANGSU = "jiangsu-2026"
CHANGZHOU = "changzhou-2024"
#: What each step of the enterprise's procedure fills in.
STEPS = {
    "consult": ("asked_on",),
    "committee": ("committee_on",),
    "posting": ("posted_from", "posted_to", "posting_days", "posting_clear"),
    "consent": ("consented_on",),
}
#: Who stands where: enterprise, how far.
FILED = (
    ("heavy", "draft"),
    ("heavy", "consult"),
    ("heavy", "committee"),
    ("heavy", "posting"),
    ("heavy", "consent"),
    ("heavy", "enterprise"),
    ("cable", "vet"),
    ("heavy", "vet"),
    ("heavy", "recommend"),
    ("cable", "recommend"),
    ("carriages", "vet"),
    ("precision", "consult"),
)
LOCAL = (
    ("bearings", "draft"),
    ("bearings", "recommend"),
    ("combs", "recommend"),
    ("solar", "recommend"),
    ("buses", "recommend"),
)


def procedure(shop: Workshop) -> None:
    """The enterprises at work, the city union vetting and about to decide."""
    world = shop.world(JIANGSU, jiangsu(shop.tree), JIANGSU, opened=date(2026, 6, 1))
    days = working_days(world, date(2026, 6, 15), date(2026, 6, 23), len(FILED))
    for (firm, how), day in zip(FILED, days, strict=True):
        employer = shop.tree[firm]
        unit = next(one for one in world.parties.units if employer in one.employers)
        nominee = Nominee("national", "企业工会推荐", unit, employer, 0.9, group=group_of(employer))
        case = file_up_to(world, nominee, how, day)
        if case is not None:
            not_yet(world, case, how)


def not_yet(world: World, case: Case, how: str) -> None:
    """What is filled in and handed in at this step or a later one is not there yet."""
    order = list(STEPS)
    steps = order if how == "draft" else order[order.index(how) :] if how in order else []
    if not steps:
        return
    union = world.actor_for(("enterprise_union",), case, "filer")
    blanks = {field: "" for name in steps for field in STEPS[name]}
    save_values(actor=union, at=world.clock.tick(), case_id=case.pk, changes=blanks)
    late = {one.id for one in world.programme.pack.attachments if one.at in steps}
    for row in File.objects.filter(case=case, attachment__in=late, removed_at=None):
        row.removed_at = world.clock.tick()
        row.save(update_fields=["removed_at"])


def handed_over(shop: Workshop) -> None:
    """The province has sent its names up and waits for the result."""
    world = shop.world(
        JIANGSU,
        jiangsu(shop.tree),
        f"{JIANGSU}-demo-sent",
        opened=date(2026, 4, 7),
        title="江苏省推荐2026年大国工匠人才（演示：已报全国总工会）",
    )
    run_until(world, "result", 6, working_days(world, date(2026, 4, 8), date(2026, 6, 12), 11))


def local(shop: Workshop) -> None:
    """龙城工匠: filed, and before the recommending units."""
    world = shop.world(CHANGZHOU, changzhou(shop.tree), CHANGZHOU, opened=date(2026, 6, 1))
    days = working_days(world, date(2026, 6, 15), date(2026, 6, 23), len(LOCAL))
    for (firm, how), day in zip(LOCAL, days, strict=True):
        employer = shop.tree[firm]
        unit = next(one for one in world.parties.units if employer in one.employers)
        file_up_to(world, Nominee("trainee", "基层单位工会申报", unit, employer, 0.9), how, day)


def trainees(shop: Workshop) -> None:
    """Four stand in the register as 培育对象."""
    world = shop.world(
        CHANGZHOU,
        changzhou(shop.tree),
        f"{CHANGZHOU}-demo-named",
        opened=date(2026, 4, 7),
        title="首批龙城工匠培育对象推荐（演示：已公布）",
        pairs=("places=4",),
    )
    run_until(world, None, 5, working_days(world, date(2026, 4, 8), date(2026, 6, 12), 8))
