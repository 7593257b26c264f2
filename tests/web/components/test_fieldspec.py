"""What a page says about a field, and what its template gets."""

import pytest

from gongjiang.web.components import fieldspec


def test_options_of_words_pairs_and_dicts() -> None:
    found = fieldspec.options(["甲", ("b", "乙"), {"value": "c", "label": "丙", "hint": "须附证书"}], ["b", "c"])
    assert [(one["value"], one["label"], one["hint"], one["checked"]) for one in found] == [
        ("甲", "甲", "", False),
        ("b", "乙", "", True),
        ("c", "丙", "须附证书", True),
    ]


def test_no_answer_ticks_nothing() -> None:
    assert [one["checked"] for one in fieldspec.options(["None", ""], None)] == [False, False]


@pytest.mark.ledger("X-08")
@pytest.mark.parametrize(
    ("text", "count", "look"), [("匠" * 26, 26, ""), ("匠" * 27, 27, "near"), ("匠" * 31, 31, "over")]
)
def test_counter_turns_amber_then_red(text: str, count: int, look: str) -> None:
    assert fieldspec.counter(text, 30) == {"count": count, "limit": 30, "look": look}


def test_described_by_hint_error_and_counter() -> None:
    field = fieldspec.spec("textarea", "deeds", "主要事迹", limit=2000, hint="写清年份", error="超 46 字")
    assert field["described"] == "f-deeds-hint f-deeds-err f-deeds-count"
    assert field["id"] == "f-deeds"


def test_yes_no_knows_truth_and_words() -> None:
    ticked = {
        value: [one["checked"] for one in fieldspec.spec("yes_no", "q", value=value)["choices"]]
        for value in (True, False, None, "no")
    }
    assert ticked == {True: [True, False], False: [False, True], None: [False, False], "no": [False, True]}


def test_rows_are_named_by_place_and_column() -> None:
    columns = [{"name": "from", "label": "起", "kind": "month"}, {"name": "to", "label": "止", "kind": "until"}]
    field = fieldspec.spec(
        "rows", "career", "简历", columns=columns, value=[{"from": "2004-02", "to": "至今"}], least=2
    )
    cells = [(cell["name"], cell["value"], cell["now"]) for row in field["rows"] for cell in row["cells"]]
    assert cells == [
        ("career-0-from", "2004-02", False),
        ("career-0-to", "至今", True),
        ("career-1-from", "", False),
        ("career-1-to", "", False),
    ]


def test_errors_of_a_row_reach_their_cell() -> None:
    columns = [{"name": "from", "label": "起"}, {"name": "to", "label": "止"}]
    (row,) = fieldspec.rows(columns, [{"errors": {"to": "早于起始年月"}}], "career")
    assert [cell["error"] for cell in row["cells"]] == ["", "早于起始年月"]


def test_unknown_kind_says_what_is_known() -> None:
    with pytest.raises(ValueError, match="unknown kind colour; known: check, checks"):
        fieldspec.spec("colour", "c")
