"""The design's own processes, tried on a pack that nobody has seen: a yearly mark by a panel, a plan of each unit."""

import pytest
from tests.unseen.test_runs import composed, snippet

from gongjiang.models import BenefitDue, BenefitStop, Case, Edition, Explanation, ProcessOutcome, Subject
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.telling import funnel_lines

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.mark.ledger("M-13")
def test_a_yearly_mark_runs_over_those_named() -> None:
    world = rehearse(composed(snippet("10 processes")))
    [told] = summarise(world, seed=1)["processes"]
    assert (told["id"], told["people"]) == ("yearly", 5)
    assert told["tiers"] == {"fair": 5}  # one of five good would be more than 15 %
    assert Case.objects.filter(process__name="yearly", state="settled").count() == 5
    assert set(ProcessOutcome.objects.values_list("tier", flat=True)) == {"fair"}
    assert Edition.objects.get(follows="yearly").state == "closed"
    assert [one.line for one in world.troubles.found if "yearly" in one.line] == []
    assert funnel_lines(summarise(world, seed=1))[-1].startswith("之后 yearly（")


def test_units_hand_in_a_plan() -> None:
    world = rehearse(composed(snippet("10 processes about units")))
    [told] = summarise(world, seed=1)["processes"]
    assert told["id"] == "structure"
    assert told["tiers"] == {"fit": told["people"]}
    assert told["people"] > 1
    assert Subject.objects.filter(kind="unit", cases__process__name="structure").count() == told["people"]


def test_a_term_ends_and_is_renewed() -> None:
    world = rehearse(composed(snippet("10 term")))
    [told] = summarise(world, seed=1)["processes"]
    assert told["tiers"] == {"kept": 5}
    assert told["followed"][0].startswith("续期至")


EXPLAIN = "{explain: {by: unit, within: {days: 15}}}"


@pytest.mark.parametrize(
    ("effects", "counts"),
    [("[{pay: prize}]", (5, 0, 0)), (f"[{{stop: visits}}, {{reclaim: unspent}}, {EXPLAIN}]", (0, 5, 5))],
)
def test_what_follows_a_year_is_carried_out(effects: str, counts: tuple[int, int, int]) -> None:
    said = snippet("10 sums, ends, claims and explanations after a year")
    world = rehearse(composed(said.replace("[{pay: prize}]", effects)))
    [told] = summarise(world, seed=1)["processes"]
    assert told["tiers"] == {"good": 5}
    assert (BenefitDue.objects.count(), BenefitStop.objects.count(), Explanation.objects.count()) == counts
    assert {tuple(one) for one in ProcessOutcome.objects.values_list("manual", flat=True)} == {()}
    assert [one.line for one in world.troubles.found if "yearly" in one.line] == []
