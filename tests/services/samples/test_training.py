"""Training of the samples: every page has life, within the rules, quickly."""

from datetime import date

import pytest
from tests.services.cultivation.kept import AT, Kept, found, kept_once

from gongjiang.kernel.actor import platform
from gongjiang.models import ActivityEntry, Honour, LearningRound, TrainingEvent, TrainingPlace
from gongjiang.services.reports.invariants.training import violations
from gongjiang.services.samples.training import fill

__all__ = ["found", "kept_once"]


@pytest.mark.once
def test_two_years_of_training(found: Kept) -> None:
    Honour.objects.update(from_date=date(2024, 6, 1))
    fill(platform(), AT, found.fresh().honours)
    assert TrainingEvent.objects.filter(state="open").count() == 6
    assert set(TrainingPlace.objects.values_list("state", flat=True)) == {"signed", "invited"}
    assert set(ActivityEntry.objects.values_list("state", flat=True)) == {"claimed", "confirmed"}
    assert not ActivityEntry.objects.filter(on__gt=AT.date()).exists()
    assert LearningRound.objects.filter(ended=None).count() == 3
    assert list(violations()) == []


@pytest.mark.once
def test_the_newly_named_have_a_round_and_no_past(found: Kept) -> None:
    Honour.objects.update(from_date=date(2026, 6, 1))
    fill(platform(), AT, found.fresh().honours)
    assert not ActivityEntry.objects.filter(on__lt=date(2026, 6, 1)).exists()
    assert [one.title for one in LearningRound.objects.order_by("pk")] == ["第一轮"] * 3
    assert list(violations()) == []
    assert TrainingEvent.objects.count() == 2
