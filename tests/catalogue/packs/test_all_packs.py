"""What holds for every pack of this project."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from gongjiang.rules.programmes.compiling import example_facts, ready_rules
from gongjiang.rules.programmes.evaluate import evaluate_rules
from gongjiang.rules.programmes.pack import Pack

NAMES = ("nanning-2026", "national-2024", "changzhou-2024", "measures-2025", "jichuan-2031")
Load = Callable[[str], Pack]


def cited(value: Any) -> Iterator[str]:
    """Every clause that an item, or anything inside it, cites."""
    if isinstance(value, dict):
        for key, one in value.items():
            if key in {"cite", "clause"}:
                yield from [one] if isinstance(one, str) else one or ()
            else:
                yield from cited(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from cited(one)


@pytest.mark.parametrize("name", NAMES)
def test_loads_without_a_warning(pack: Load, name: str) -> None:
    assert pack(name).warnings == ()


@pytest.mark.parametrize("name", NAMES)
def test_the_whole_notice_is_partitioned(pack: Load, text: Callable[[str], str], name: str) -> None:
    assert "".join(one.text for one in pack(name).clauses) == text(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_clause_that_orders_something_is_cited(pack: Load, name: str) -> None:
    found = pack(name)
    sections = found.model_dump(by_alias=True, exclude={"notice", "questions", "clauses", "catalogue", "vocabulary"})
    assert found.notice is not None
    ids = [one.id for one in found.notice.clauses if one.kind != "info" and not one.note]
    known = set(cited(sections))
    assert [one for one in ids if one not in known] == []


@pytest.mark.ledger("X-07")
@pytest.mark.parametrize("name", NAMES)
def test_a_correction_quotes_its_clause(pack: Load, name: str) -> None:
    found = pack(name)
    assert found.notice is not None
    texts = {one.id: one.text for one in found.clauses}
    wrong = [one for one in found.notice.corrections if "".join(one.printed.split()) not in texts[one.clause]]
    assert wrong == []


@pytest.mark.parametrize("name", NAMES)
def test_every_question_has_a_default_of_its_kind(pack: Load, name: str) -> None:
    kinds = {"yes_no": bool, "number": int, "one_of": str}
    for one in pack(name).questions:
        if one.must is not None:  # a consent is never proposed
            assert one.default is None
            continue
        assert isinstance(one.default, kinds[one.takes.kind]), one.id
        assert not one.takes.options or one.default in one.takes.options, one.id


@pytest.mark.parametrize("name", NAMES)
def test_a_public_notice_shows_nothing_personal(pack: Load, name: str) -> None:
    found = pack(name)
    personal = {one.id for one in found.catalogue.fields if one.subject == "person" and one.pii != "none"}
    shown = {word for stage in found.stages if stage.type == "publish" for word in stage.shows}
    assert shown & personal == set()


def outcomes(found: Pack, name: str) -> dict[str, str]:
    """What came of the rules that one of the pack's own tests names."""
    example = next(one for one in found.tests if one.name == name)
    facts = example_facts(example, found.vocabulary)
    results = evaluate_rules(ready_rules(found.rules, found.stages, found.vocabulary), facts)
    return {one.rule: one.outcome for one in results if one.rule in example.expect}


@pytest.mark.ledger("N-02", "N-08", "G-02", "G-03", "G-04", "G-07")
@pytest.mark.parametrize("name", NAMES)
def test_the_packs_own_tests_come_out(pack: Load, name: str) -> None:
    found = pack(name)
    expected = {one.name: one.expect for one in found.tests}
    assert {one: outcomes(found, one) for one in expected} == expected


@pytest.mark.parametrize("name", NAMES[:4])
def test_a_released_pack_has_at_least_twelve_tests(pack: Load, name: str) -> None:
    found = pack(name)
    assert len(found.tests) >= 12
    assert len({one.name for one in found.tests}) == len(found.tests)
