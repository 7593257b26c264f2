"""May a letter count? Every way in which an expert isn't independent, and what only looks so."""

from typing import Any

import pytest

from gongjiang.rules.letters.independence import counting, findings, reach

NOMINEE = {
    "name": "何焊平",
    "employer": "澜江重工（集团）有限公司",
    "trade": "电焊工",
    "id_number": "990000198203120017",
    "mobile": "10000000001",
}


def row(n: int = 1, **said: Any) -> dict[str, Any]:
    usual = {
        "id": f"e{n}",
        "name": f"白引弧{n}",
        "employer": f"望澜船坞{n}",
        "trade": "电焊工",
        "mobile": f"1000000010{n}",
    }
    return usual | said


def told(*rows: dict[str, Any], outside: bool = True) -> list[list[tuple[str, bool]]]:
    found = findings(NOMINEE, rows, outside=outside)
    return [[(one.kind, one.certain) for one in found[each["id"]]] for each in rows]


@pytest.mark.ledger("N-08", "G-07")
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, []),
        ({"id_number": "990000198203120017"}, [("self", True)]),
        ({"name": "何焊平", "mobile": "１００００００ ０００１"}, [("self", True)]),
        ({"name": "何焊平"}, [("namesake", False)]),
        ({"name": "何焊平", "id_number": "990000197001010019"}, []),
        ({"employer": "澜江重工(集团) 有限公司"}, [("unit", True)]),
        ({"employer": "澜江重工（集团）有限公司焊接分厂"}, [("unit", False)]),
        ({"employer": ""}, [("unit", False)]),
        ({"kin": True}, [("kin", True)]),
        ({"kin": False, "same_trade": True}, []),
        ({"same_trade": False}, [("trade", True)]),
        ({"trade": "焊接工程"}, [("trade", False)]),
        ({"trade": ""}, []),
    ],
)
def test_one_expert(said: dict[str, Any], expected: list[tuple[str, bool]]) -> None:
    assert told(row(**said)) == [expected]


def test_where_the_notice_does_not_ask_for_outsiders_a_colleague_counts() -> None:
    assert told(row(employer=NOMINEE["employer"]), outside=False) == [[]]


@pytest.mark.ledger("N-08")
def test_the_same_expert_counts_once() -> None:
    first = row(1)
    assert told(first, row(2, name="白引弧1", employer="望澜 船坞1")) == [[], [("twice", True)]]
    assert told(first, row(2, name="白引弧1", mobile="10000000101")) == [[], [("twice", True)]]
    assert told(first, row(2, name="白引弧1")) == [[], [("twice", False)]]
    one, other = row(1, id_number="990000197001010019"), row(2, name="白引弧1", employer="望澜船坞1", id_number="x")
    assert told(one, other) == [[], []]
    assert told(one, row(2, id_number="990000197001010019")) == [[], [("twice", True)]]
    rows = [first, row(2, name="白引弧1", employer="望澜船坞1"), row(3)]
    assert [each["id"] for each in counting(NOMINEE, rows, outside=True)] == ["e1", "e3"]


def test_an_address_that_is_somebody_elses_is_pointed_out_and_never_certain() -> None:
    sent = {"a": "lan@example.org", "b": "10000000009", "c": "LAN@example.org", "d": ""}
    known = [("填报人账号的邮箱", "Lan@Example.org"), ("申报表上的“手机”", "10000000009"), ("空", "")]
    found = reach(sent, known)
    same = "链接发往的邮箱或手机号与{}相同，请核对是否专家本人出具。"
    again = "链接发往的邮箱或手机号与前面的推荐人相同，请核对是否各自出具。"
    assert {row: [one.text for one in told] for row, told in found.items()} == {
        "a": [same.format("填报人账号的邮箱")],
        "b": [same.format("申报表上的“手机”")],
        "c": [same.format("填报人账号的邮箱"), again],
        "d": [],
    }
    assert not any(one.certain for told in found.values() for one in told)
