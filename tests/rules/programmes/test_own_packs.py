"""Our packs in the evaluator: their own tests come out, and each way in can be walked by an invented person."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import pytest

from gongjiang.catalogue.packs import load_pack
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.programmes.compiling import default_gate, example_facts, ready_rules
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.facts import Facts
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.satisfy import satisfy, violate
from gongjiang.rules.programmes.schema.lists import Rule

INVENTED = str(Path(__file__).resolve().parents[2] / "packs" / "jichuan-2031.yaml")
PACKS = ("nanning-2026", "national-2024", INVENTED)


def invented(pack: Pack, route: str, award: str) -> Facts:
    """A case with nothing but its way in; the edition has fixed its pass line."""
    judged = {("pass_line", ""): 60}
    case = {"route": route, "award": award, "nominator": "晴岚区"}
    return Facts(pack.vocabulary, case=case, judgements=judged, covers={"*": None}, as_of=date(2026, 6, 30))


def ways(pack: Pack) -> list[tuple[str, str]]:
    """Every way in with the award it leads to."""
    routes = [route for stage in pack.stages for route in getattr(stage, "routes", ())]
    return [(one.id, (one.award or [*pack.vocabulary.case_codes.get("award", ()), "main"])[0]) for one in routes]


@pytest.mark.ledger("G-02", "G-03", "N-02", "N-08", "X-05")
@pytest.mark.parametrize("name", PACKS)
def test_the_packs_own_tests(name: str) -> None:
    pack = load_pack(name)
    assert pack.tests
    for example in pack.tests:
        made = evaluate_rules(pack.ready_rules, example_facts(example, pack.vocabulary), pack.ready_exceptions)
        found = {one.rule: one.outcome for one in made if one.rule in example.expect}
        assert found == example.expect, example.name


@pytest.mark.parametrize("name", PACKS)
def test_each_way_in_can_be_walked_and_each_hard_rule_broken(name: str) -> None:
    pack = load_pack(name)
    rules = tuple(one for one in pack.ready_rules if one.force in {"hard", "soft"})
    broken: set[str] = set()
    for route, award in ways(pack):
        base = invented(pack, route, award)
        made = satisfy(rules, base, Random(1))
        assert made.troubles == (), route
        for one in rules:
            failing = violate(rules, one.id, base, Random(1))
            if not failing.troubles:
                broken.add(one.id)
                bad = [found.rule for found in evaluate_rules(rules, failing.facts) if found.outcome == "fail"]
                assert bad == [one.id]
    by_answer = {one.id for one in pack.rules if one.when and "param" in one.when}
    assert broken == {one.id for one in rules} - by_answer


def test_rules_without_a_gate_take_the_first_check_of_their_award() -> None:
    pack = load_pack(INVENTED)
    plain = Rule.model_validate({"id": "x", "check": {"field": "name", "filled": True}})
    assert default_gate(plain, pack.stages) == "screen"
    assert default_gate(plain, [one for one in pack.stages if one.type != "check"]) == "send"
    assert default_gate(plain.model_copy(update={"gate": "final"}), pack.stages) == "final"


def test_rules_in_a_circle_are_refused() -> None:
    pack = load_pack("nanning-2026")
    words = replace(pack.vocabulary, rules={"a": "甲", "b": "乙"})
    circle = [Rule.model_validate({"id": one, "check": {"rule": other}}) for one, other in ("ab", "ba")]
    with pytest.raises(BadInput, match="a → b → a"):
        ready_rules(circle, pack.stages, words)


def test_the_vocabulary_knows_the_words_of_both_subjects() -> None:
    words = load_pack(INVENTED).vocabulary
    assert words.relations["members"] == ("person", True)
    assert {"apprentices", "years_in_trade"} <= set(words.fields)
    assert words.fields["name"].label == "姓名"
    assert words.params["pass_line"].judged == "pass_line"
    assert words.case_codes["route"] == {"评选": "评选", "竞赛": "竞赛", "班组": "班组"}
