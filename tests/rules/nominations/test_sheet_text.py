"""What stands in cells, made what the form would have posted."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.identity_number import parse, sample, surely_right
from gongjiang.rules.nominations.sheet_text import choices, hint, typed
from gongjiang.rules.nominations.values import read_field
from gongjiang.rules.programmes.vocabulary import CodeList, FieldSpec, Vocabulary

ON = date(2026, 6, 24)
WORDS = Vocabulary(codes={"kind": CodeList(("a", "b"), {"a": "甲类", "b": "乙类"})})
MONTH, DAY = FieldSpec("birth", "出生年月", "month"), FieldSpec("day", "日期", "date")
UNTIL = FieldSpec("to", "止", "month")
CODE = FieldSpec("kind", "类别", "code", codes="kind")
TICKS = FieldSpec("ticks", "选项", "checks", options={"x": "项一", "y": "项二"}, multi=True)
DETAIL = FieldSpec("prize", "获奖", "yes_no", detail=True)
NUMBER = FieldSpec("id_number", "身份证号", "id_number")


def read(spec: FieldSpec, text: str, *, number: bool = False) -> object:
    return read_field(spec, typed(spec, text, WORDS, number=number), WORDS, on=ON, strict=True)


@pytest.mark.parametrize(
    ("text", "number"),
    [("1980.6", False), ("1980年6月", False), ("1980-06", False), ("１９８０．６", False), ("29373", True),
     ("1980.6.1", False), ("1980-06-01", False)],
)  # fmt: skip
def test_months_as_people_and_excel_write_them(text: str, number: bool) -> None:
    assert read(MONTH, text, number=number) == "1980-06"


@pytest.mark.parametrize("text", ["至今", "现在", "目前"])
def test_still_going_on(text: str) -> None:
    assert read(UNTIL, text) == ""


@pytest.mark.parametrize("text", ["2026-06-30", "2026年6月30日", "2026.6.30", "2026/6/30", "2026-06-30 00:00:00"])
def test_days(text: str) -> None:
    assert read(DAY, text) == "2026-06-30"


def test_days_that_excel_counts() -> None:
    assert read(DAY, "46203", number=True) == "2026-06-30"
    with pytest.raises(BadInput):
        read(DAY, "46203")
    with pytest.raises(BadInput):
        read(MONTH, "29373")


def test_codes_by_their_words_and_ticks_with_what_is_written_beside() -> None:
    assert (read(CODE, "甲类"), read(CODE, "a")) == ("a", "a")
    with pytest.raises(BadInput, match="只能选"):
        read(CODE, "丙类")
    assert read(TICKS, "项二：说明；项一") == {"x": "", "y": "说明"}
    assert read(DETAIL, "是：某某奖") == {"value": "yes", "detail": "某某奖"}
    with pytest.raises(BadInput):
        read(TICKS, "项三")


def test_full_width_digits_and_a_small_x() -> None:
    number = next(one for n in range(40) if (one := sample(n, date(1985, 6, 15), "女")).endswith("X"))
    assert read(NUMBER, number.lower()) == number
    assert read(NUMBER, "".join(chr(ord(one) + 0xFEE0) for one in number)) == number


@given(st.lists(st.integers(0, 499), max_size=5), st.text("0123456789X", min_size=16, max_size=19))
def test_what_is_surely_right_is_what_is_read(seqs: list[int], text: str) -> None:
    values = [*(sample(one, date(1985, 6, 15), "女") for one in seqs), text, f"990000{text}"[:18]]
    right = surely_right(values, on=ON)
    for one in values:
        try:
            assert (parse(one, on=ON).value == one) == (one in right)
        except BadInput:
            assert one not in right


def test_hints_and_choices() -> None:
    assert choices(CODE, WORDS) == ("甲类", "乙类")
    assert choices(DETAIL, WORDS) == ()
    assert hint(CODE, WORDS) == "只能填：甲类、乙类。"
    assert hint(FieldSpec("reason"), WORDS, 300) == "不超过300字（按Word的“字数”计）。"
