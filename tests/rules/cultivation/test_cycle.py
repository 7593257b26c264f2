"""测—学—践—评: where a round stands, scores as typed, how far a power moved."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.cultivation.cycle import Measured, Moment, Round, growth, in_order, read_score, steps

DAY = date(2026, 2, 1)


@pytest.mark.ledger("M-08")
@pytest.mark.parametrize(
    ("one", "states", "said"),
    [
        (Round(False, Decimal(40), Decimal(0), 0, 0, False), "now next next next", "待测评 0/40 学时 待布置 待评价"),
        (Round(True, Decimal(0), Decimal(0), 0, 0, False), "done now next next", "已测评 0 学时 待布置 待评价"),
        (
            Round(True, Decimal(40), Decimal("39.5"), 2, 2, False),
            "done now done next",
            "已测评 39.5/40 学时 2/2 项 待评价",
        ),
        (Round(True, Decimal(40), Decimal(120), 2, 1, True), "done done now done", "已测评 120/40 学时 1/2 项 已评价"),
        (
            Round(True, Decimal(24), Decimal(20), 0, 0, True, True),
            "done next next done",
            "已测评 20/24 学时 没有布置 已评价",
        ),
        (Round(True, Decimal(40), Decimal(40), 1, 1, True), "done done done done", "已测评 40/40 学时 1/1 项 已评价"),
    ],
)
def test_where_a_round_stands(one: Round, states: str, said: str) -> None:
    assert " ".join(step.state for step in steps(one)) == states
    assert " ".join(step.said for step in steps(one)) == said


@pytest.mark.parametrize(("text", "score"), [("0", "0"), (" 82.5 ", "82.5"), ("100.00", "100"), ("-0", "0")])
def test_a_score_is_read(text: str, score: str) -> None:
    assert read_score(text, "创新力") == Decimal(score)
    assert not read_score(text, "创新力").is_signed()


@pytest.mark.parametrize(
    "text", ["", "-1", "100.01", "82.555", "９０", "NaN", "Infinity", "1e309", "八十", "1e-9", "9" * 400]
)
def test_what_is_no_score_is_refused_by_its_power(text: str) -> None:
    with pytest.raises(BadInput) as told:
        read_score(text, "创新力")
    assert str(told.value) == "创新力：请填 0 到 100 的分数，最多两位小数。"


measures = st.builds(
    lambda ordinal, moment, scores: Measured(ordinal, moment, DAY, {k: Decimal(v) for k, v in scores.items()}),
    st.integers(1, 4),
    st.sampled_from(list(Moment)),
    st.dictionaries(st.sampled_from(["引领力", "成就力"]), st.integers(0, 100)),
)


@given(st.lists(measures, max_size=8, unique_by=lambda one: (one.ordinal, one.moment)), st.randoms())
def test_growth_is_last_less_first_in_any_order(measured: list[Measured], chance: object) -> None:
    mixed = list(measured)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    held = [one.scores["引领力"] for one in in_order(measured) if "引领力" in one.scores]
    assert growth(mixed, "引领力") == (held[-1] - held[0] if len(held) > 1 else None)
    assert all(one.scores for one in in_order(measured))
