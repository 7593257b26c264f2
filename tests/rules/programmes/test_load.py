"""A pack as loaded: typed, hashed, checked; all problems at once."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongjiang.catalogue.packs import catalogue, find, load_pack, pack_ids
from gongjiang.rules.programmes.load import load, load_source
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.source import read
from gongjiang.rules.programmes.stage_types.panel import Panel


@pytest.mark.parametrize("name", ["nanning-2026", "national-2024"])
def test_the_packs_of_the_house_have_no_errors_and_all_their_clauses(name: str) -> None:
    pack = load_pack(name)
    assert pack.id == name
    assert pack.notice is not None
    assert [one.id for one in pack.clauses] == [one.id for one in pack.notice.clauses]
    assert sum(one.end - one.start for one in pack.clauses) == pack.notice.source.chars


def test_both_packs_are_listed() -> None:
    assert {"nanning-2026", "national-2024"} <= set(pack_ids())


def test_stages_are_of_the_class_of_their_type() -> None:
    assert [type(one) for one in load_pack("nanning-2026").stages if one.id == "expert"] == [Panel]


def test_the_hash_is_of_the_data_and_not_of_the_layout(small_pack: str, small_notice: str) -> None:
    first = load(small_pack, "a.yaml", catalogue(), small_notice).hash
    assert load("# a comment\n" + small_pack, "b.yaml", catalogue(), small_notice).hash == first
    changed = small_pack.replace("version: 1.0.0", "version: 1.0.1")
    assert changed != small_pack
    assert load(changed, "a.yaml", catalogue(), small_notice).hash != first


def test_without_the_notice_nothing_is_said_of_anchors(small_pack: str) -> None:
    assert load(small_pack, "a.yaml", catalogue(), None).clauses == ()


def test_a_pack_with_windows_line_ends_is_the_same(small_pack: str, small_notice: str) -> None:
    first = load(small_pack, "a.yaml", catalogue(), small_notice).hash
    turned = small_pack.replace("\n", "\r\n")
    assert load(turned, "a.yaml", catalogue(), small_notice.replace("\n", "\r\n")).hash == first


def test_shape_errors_name_the_nearest_key() -> None:
    found = find("nanning-2026")
    text = found.text.replace("check: {judged: character}", "chek: {judged: character}")
    with pytest.raises(PackError) as caught:
        load(text, found.file, catalogue(), found.notice)
    told = {one.code: one for one in caught.value.problems}
    assert "是否想写“check”" in told["schema.unknown_key"].text
    assert "Did you mean 'check'" in told["schema.unknown_key"].english
    assert told["schema.missing"].line == told["schema.unknown_key"].line


def test_problems_come_in_the_order_of_the_file() -> None:
    found = find("national-2024")
    text = found.text.replace("type: check,", "type: chek,").replace("level: national\n", "level: nation\n", 1)
    with pytest.raises(PackError) as caught:
        load(text, found.file, catalogue(), found.notice)
    lines = [one.line for one in caught.value.problems]
    assert lines == sorted(lines)
    assert len(lines) >= 3


def test_a_failing_test_of_the_pack_is_an_error_with_what_came_out() -> None:
    found = find("nanning-2026")
    old = "{years_in_trade: 10, years_in_city: 5}, expect: {years_trade: pass"
    assert found.text.count(old) == 1
    text = found.text.replace(old, old.replace("years_trade: pass", "years_trade: fail"))
    with pytest.raises(PackError) as caught:
        load(text, found.file, catalogue(), found.notice)
    (problem,) = caught.value.problems
    assert problem.code == "test.failed"
    assert "期望不符合，实为符合" in problem.text


def test_rules_that_name_each_other_in_a_circle_are_refused(small_pack: str) -> None:
    found = find("nanning-2026")
    text = found.text.replace("check: {field: studio_lead, is: true}", "check: {rule: city_trainee}").replace(
        "check: {field: was_trainee, is: true}", "check: {rule: studio_leader}"
    )
    with pytest.raises(PackError) as caught:
        load(text, found.file, catalogue(), found.notice)
    assert [one.code for one in caught.value.problems] == ["rule.circle"]


JUNK: list[Any] = [
    None, 5, True, "x", "$x", [], {}, ["x"], [{}], [1, 2], {"id": "x"}, {"field": "age"}, {"rows": 3, "where": 5},
]  # fmt: skip


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every path under a value."""
    for key, one in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(one, (*path, key))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_replaced_or_removed_the_answer_is_a_pack_or_problems(
    data: st.DataObject, small_pack: str, small_notice: str
) -> None:
    """No wrong shape anywhere may crash the loader; every problem has a line and both languages."""
    source = read(small_pack, "x.yaml")
    changed = deepcopy(source.data)
    for path in data.draw(st.lists(st.sampled_from(list(places(source.data))), min_size=1, max_size=4, unique=True)):
        holder: Any = changed
        try:
            for key in path[:-1]:
                holder = holder[key]
            if data.draw(st.booleans()):
                holder[path[-1]] = deepcopy(data.draw(st.sampled_from(JUNK)))
            else:
                del holder[path[-1]]
        except (KeyError, IndexError, TypeError):  # an earlier change has taken this place away
            continue
    problems: tuple[PackProblem, ...] = ()
    try:
        load_source(replace(source, data=changed), catalogue(), small_notice)
    except PackError as error:
        problems = error.problems
    assert all(one.file == "x.yaml" and one.line >= 1 and one.text and one.english for one in problems)


def test_questions_and_params_without_ids_are_problems_not_faults(small_pack: str, small_notice: str) -> None:
    """A question whose id is lost must not be taken for the one a param asks (found by the test above)."""
    source = read(small_pack, "x.yaml")
    changed = deepcopy(source.data)
    del changed["questions"][0]["id"]
    with pytest.raises(PackError) as refused:
        load_source(replace(source, data=changed), catalogue(), small_notice)
    assert any("questions" in "".join(map(str, one.path)) for one in refused.value.problems)
