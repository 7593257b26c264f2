"""The sample plans bring a small world to life: plans in force, milestones done, mentors standing, apprentices."""

from datetime import timedelta

import pytest
from tests.services.cultivation.kept import AT, Kept

from gongjiang.kernel.actor import platform
from gongjiang.models import Apprenticeship, CultivationPlan, Mentorship, Milestone
from gongjiang.services.samples.plans import fill

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_three_artisans_after_a_year_and_a_half(found: Kept) -> None:
    fill(platform(), AT + timedelta(days=480), found.honours)
    states = CultivationPlan.objects.order_by("honour", "number").values_list("state", flat=True)
    assert list(states) == ["in_force", "replaced", "in_force", "in_force"]
    done = Milestone.objects.filter(state="done").count()
    assert done > 10
    assert Milestone.objects.filter(state="open").exists()
    assert Mentorship.objects.filter(state="standing").count() == 6
    assert list(Mentorship.objects.filter(state="ended").values_list("reason", flat=True)) == ["更换：原导师工作调动"]
    assert sorted(Apprenticeship.objects.values_list("state", flat=True)) == ["passed"] * 3
