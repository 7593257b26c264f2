"""What the benchmark measures against says the same: every rule as somebody would write it for just these packs.

A rule that is changed in the pack is changed in `benchmarks/support/by_hand.py` too.
"""

import pytest
from benchmarks.support.by_hand import BY_HAND
from benchmarks.support.crowd import Crowd

from gongjiang.catalogue.packs import load_pack
from gongjiang.cli.explaining import as_of
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.vector import TablePeople, evaluate_people

TOLD = {"pass": True, "na": True, "fail": False, "unknown": None}


@pytest.mark.parametrize("name", sorted(BY_HAND))
def test_rules_written_by_hand_say_the_same(name: str) -> None:
    pack = load_pack(name)
    crowd, day = Crowd(pack, 1000, seed=3), as_of(pack)
    assert day is not None
    people, rows = crowd.table(), crowd.rows()
    shared = Facts(pack.vocabulary, as_of=day, submitted=True, covers={"*": None})
    found = evaluate_people(pack.ready_rules, TablePeople(shared, people, rows), pack.ready_exceptions)
    by_hand = BY_HAND[name](people, rows, day)
    assert set(by_hand.columns) == set(found.rules)
    for key, one in found.rules.items():
        assert [TOLD[outcome] for outcome in one.outcomes] == by_hand[key].to_list(), key
