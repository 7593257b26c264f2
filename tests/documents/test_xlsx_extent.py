"""How far a sheet goes: the quick look at its tags never says less than a parser, and is sure of usual sheets."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongjiang.documents.xlsx.extent import extent_of
from gongjiang.documents.xlsx.rows import letters
from gongjiang.documents.xlsx.tags import look

places = st.tuples(st.integers(1, 9_999_999), st.integers(0, 18_277))
cells = st.tuples(
    st.one_of(st.none(), places),
    st.sampled_from([' r="{}"', " r='{}'", '\tr="{}"', ' s="1" r="{}"', ' r = "{}"']),
    st.sampled_from(["c", "x:c"]),
    st.sampled_from(["<v>1</v>", "<is><t> r=&quot;A1&quot; x = y r:c</t></is>", ""]),
)
rows = st.lists(st.tuples(st.one_of(st.none(), st.integers(1, 9_999_999)), st.lists(cells, max_size=4)), max_size=4)


def sheet(some: list[tuple[int | None, list[tuple[tuple[int, int] | None, str, str, str]]]]) -> bytes:
    """The rows as XML; a place that is None is left out."""
    text = ""
    for number, held in some:
        text += "<row>" if number is None else f'<row r="{number}">'
        for place, form, name, inside in held:
            where = "" if place is None else form.format(f"{letters(place[1])}{place[0]}")
            text += f"<{name}{where}>{inside}</{name}>"
        text += "</row>"
    return f'<worksheet xmlns:x="x"><cols><col min="1"/></cols><sheetData>{text}</sheetData></worksheet>'.encode()


@settings(max_examples=150, deadline=None)
@given(rows)
def test_a_look_at_the_tags_never_says_less_than_a_parser(
    some: list[tuple[int | None, list[tuple[tuple[int, int] | None, str, str, str]]]],
) -> None:
    text = sheet(some)
    seen, told = look(text), extent_of([text])
    assert not seen.sure or (seen.rows >= told[0] and seen.columns >= told[1])


def test_usual_sheets_are_surely_seen() -> None:
    text = sheet([(2, [((2, 0), ' r="{}"', "c", "<v>1</v>"), ((2, 27), ' r="{}"', "c", "<f>A1</f><v>1</v>")])])
    seen = look(text)
    assert (seen.rows, seen.columns, seen.sure) == (2, 28, True)
    assert (seen.formulas, seen.errors, seen.hidden) == (True, False, False)
    marked = look(text.replace(b'<row r="2"', b'<row r="2" hidden="1"').replace(b"<v>1", b'<v t="e">1'))
    assert (marked.errors, marked.hidden, marked.sure) == (True, True, True)


def test_places_left_out_are_counted_on() -> None:
    cell = (None, "", "c", "<v>1</v>")
    text = sheet([(5, [((5, 2), ' r="{}"', "c", ""), cell]), (None, [cell, cell])])
    assert extent_of([text]) == (6, 4)
    assert not look(text).sure
