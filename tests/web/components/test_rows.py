"""Rows come back in order, without blanks, with 至今 as ticked."""

from hypothesis import given
from hypothesis import strategies as st

from gongjiang.web.components import fieldspec, rows

COLUMNS = [{"name": "from", "label": "起"}, {"name": "to", "label": "止", "kind": "until"}]
WORDS = st.text(st.characters(whitelist_categories=["Lo"]), max_size=4)


def test_rows_are_read_in_order_and_blank_ones_dropped() -> None:
    data = {
        "career-10-from": "2010-01",
        "career-2-from": " 2004-02 ",
        "career-2-to": "2009-12",
        "career-3-from": "",
        "career-10-to-now": "1",
        "careers-1-from": "another table",
    }
    assert rows.read_rows(data, "career", COLUMNS) == [
        {"from": "2004-02", "to": "2009-12"},
        {"from": "2010-01", "to": "至今"},
    ]


@given(st.lists(st.fixed_dictionaries({"from": WORDS, "to": WORDS}), max_size=6))
def test_what_is_shown_is_read_back(values: list[dict[str, str]]) -> None:
    shown = fieldspec.rows(COLUMNS, values, "t")
    posted = {cell["name"]: cell["value"] for row in shown for cell in row["cells"]}
    assert rows.read_rows(posted, "t", COLUMNS) == [row for row in values if any(row.values())]


def test_buttons_without_script() -> None:
    assert rows.rows_action({"add_row": "career"}) == ("add", "career", -1)
    assert rows.rows_action({"remove_row": "nn.c1-work-12"}) == ("remove", "nn.c1-work", 12)
    assert rows.rows_action({"remove_row": "career"}) is None
    assert rows.rows_action({}) is None


def test_a_flood_of_rows_is_cut() -> None:
    data = {f"t-{n}-from": "x" for n in range(300)}
    assert len(rows.read_rows(data, "t", COLUMNS)) == rows.MOST_ROWS
