"""Commitment and replay: anybody can make the draw again, and sees what was changed."""

import json
from fractions import Fraction
from hashlib import sha256

import pytest

from gongjiang.cli.main import main
from gongjiang.kernel.errors import BadInput
from gongjiang.rules.scoring.assignment import Terms, commitment
from gongjiang.rules.scoring.assignment.replay import Asked, replay_text, verify


def asked(**terms: object) -> Asked:
    cases, experts = tuple(f"案{n}" for n in range(20)), tuple(f"席{n}" for n in range(8))
    fits = {case: {one: (at * 37 + n * 11) % 1001 for n, one in enumerate(experts)} for at, case in enumerate(cases)}
    conflicts = {"案1": {"席1": "与人选同在一个单位"}}
    return Asked(cases, experts, Terms(3, **terms), conflicts, fits, {"席0": 2}, {"案2": 2})  # type: ignore[arg-type]


def file(**terms: object) -> str:
    question = asked(**terms)
    return replay_text(question, question.drawn("乙巳年第七号"), commitment("乙巳年第七号"))


def test_the_commitment_is_a_plain_hash() -> None:
    assert commitment("甲") == sha256("gongjiang draw v1\n甲".encode()).hexdigest()


@pytest.mark.parametrize("terms", [{}, {"cap": Fraction(1, 2)}, {"price": None, "bridges": False}, {"even": False}])
def test_the_same_comes_out_again(terms: dict) -> None:
    found = verify(file(**terms))
    assert (found.problems, found.cases, found.experts, found.pairs) == ((), 20, 8, 59)


def test_order_and_names_of_the_input_decide_nothing() -> None:
    question = asked()
    turned = Asked(
        question.cases[::-1], question.experts[::-1], question.terms, question.conflicts, question.affinity,
        question.loads, question.needs,
    )  # fmt: skip
    assert turned.drawn("s") == question.drawn("s")


def changed(**changes: object) -> str:
    return json.dumps(json.loads(file()) | changes, ensure_ascii=False)


def test_another_seed_is_found_out() -> None:
    (first, second) = verify(changed(seed="乙巳年第八号")).problems
    assert first == "种子与事先公布的承诺值不符：种子可能在公布之后换过"
    assert second.startswith("重新抽签的结果与文件不同，共")


def test_a_changed_result_is_found_out() -> None:
    said = json.loads(file())["assigned"]
    said["案1"] = ["席1", "席2", "席2"]
    assert verify(changed(assigned=said)).problems == (
        "案1应有3位专家，文件里是2位",
        "案1分给了须回避的席1（与人选同在一个单位）",
        "重新抽签的结果与文件不同，共1个对象，如案1",
    )


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"format": "gongjiang-draw/1"}', "[" * 100_000, changed(terms={"per_case": 3, "x": 1}),
     changed(cases=["案1", "案1"]), changed(affinity={"案1": {"席1": 5000}}), changed(loads=[])],
)  # fmt: skip
def test_what_is_no_replay_file(text: str) -> None:
    with pytest.raises(BadInput):
        verify(text)


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("loads", None, "缺“loads”"),
        ("loads", [1], "“loads”一项"),
        ("affinity", "x", "“affinity”一项"),
        ("needs", {"案2": float("inf")}, "有的数或名字"),
        ("terms", {"per_case": 3}, "缺“price”"),
    ],
)
def test_a_part_that_is_spoilt_is_named(part: str, value: object, said: str) -> None:
    data = json.loads(file())
    changed = {**data, part: value} if value is not None else {k: v for k, v in data.items() if k != part}
    with pytest.raises(BadInput, match=said):
        verify(json.dumps(changed))


def test_the_command(tmp_path, capsys) -> None:
    good, bad = tmp_path / "抽签.json", tmp_path / "改.json"
    good.write_text(file(), "utf-8")
    bad.write_text(changed(seed="别的"), "utf-8")
    assert main(["draw", "verify", str(good)]) == 0
    assert "复核无误" in capsys.readouterr().out
    assert main(["draw", "verify", str(bad)]) == 1
    assert "种子可能在公布之后换过" in capsys.readouterr().err
    assert main(["draw", "verify", str(tmp_path / "无")]) == 1
    assert main(["draw", "commit", "甲"]) == 0
    assert capsys.readouterr().out.strip() == commitment("甲")
