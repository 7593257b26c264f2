"""A plan in force with a milestone, a mentor and an apprentice of who was named in the house."""

from datetime import date

from tests.factories import AT
from tests.security.cast import House

from gongjiang.models import Apprenticeship, CultivationPlan, Mentorship, Milestone, PlanEntry
from gongjiang.services.people.sealing import seal_text


def guided(built: House) -> None:
    """Words of a plan are for those who have a part in it; a mentor's number for those who look after the artisan."""
    tokens, honour = built.tokens, built.things["honour"]
    plan = CultivationPlan.objects.create(
        honour=honour, number=1, state="in_force", at=AT, in_force_at=AT, employer_at=AT, nominator_at=AT, union_at=AT,
        content={"aim": tokens.word("secret:named:plan"), "goals": [], "measures": [], "people": [], "steps": []},
    )  # fmt: skip
    PlanEntry.objects.create(
        plan=plan, action="comment", text=tokens.word("secret:named:plan-entry"), name="平台", at=AT
    )
    Milestone.objects.create(
        honour=honour, key="m1", title=tokens.word("secret:named:milestone"), due=date(2026, 6, 20)
    )
    Mentorship.objects.create(
        honour=honour, kind="skill", label="技能导师", name=tokens.name("secret:named:mentor"), unit="澜江理工学院",
        mobile=seal_text(tokens.mobile("secret:named:mentor-mobile"), "mobile"), state="standing",
        begun=date(2026, 6, 2),
        mentor_at=AT, artisan_at=AT, at=AT,
    )  # fmt: skip
    Apprenticeship.objects.create(
        honour=honour, name=tokens.name("secret:named:apprentice"), begun=date(2026, 6, 2), until=date(2027, 6, 1),
        at=AT,
    )  # fmt: skip
