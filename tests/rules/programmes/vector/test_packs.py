"""The packs of the house, and invented ones, over invented people: many are judged as one is, on every rule."""

from pathlib import Path

import pytest
from benchmarks.support.crowd import Crowd

from gongjiang.catalogue.packs import load_pack, pack_ids
from gongjiang.cli.explaining import as_of
from gongjiang.rules.programmes.blame import reason_of
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.vector import FactPeople, TablePeople, evaluate_people

PEOPLE = 60
INVENTED = sorted(str(one) for one in (Path(__file__).parents[3] / "packs").glob("*.yaml"))


@pytest.mark.parametrize("name", [*pack_ids(), *INVENTED], ids=lambda one: Path(str(one)).stem)
@pytest.mark.parametrize("submitted", [False, True])
def test_every_rule_of_a_pack_says_the_same_of_many(name: str, submitted: bool) -> None:
    pack = load_pack(name)
    crowd = Crowd(pack, PEOPLE, seed=7)
    shared = Facts(pack.vocabulary, as_of=as_of(pack), submitted=submitted)
    people = TablePeople(shared, crowd.table(), crowd.rows())
    each = [people.facts(n) for n in range(PEOPLE)]
    alone = [
        [(reason_of(one).code, one.overlay) for one in evaluate_rules(pack.ready_rules, facts, pack.ready_exceptions)]
        for facts in each
    ]
    for many in (people, FactPeople(each)):
        found = evaluate_people(pack.ready_rules, many, pack.ready_exceptions)
        assert [[(one.reason(n).code, one.overlay(n)) for one in found.rules.values()] for n in range(PEOPLE)] == alone
        assert found.by_person == ()
    said = {code.partition(":")[0] for one in alone for code, _ in one}
    assert {"pass", "fail", "unknown"} <= said
