"""Three years without change of employer: where the term ends, and what a change needs (ledger J-10)."""

from dataclasses import replace
from datetime import date

import pytest

from gongjiang.kernel.errors import BadInput
from gongjiang.rules.honours.obligations import Declared, Elsewhere, Flag, judge_change, last_day, watch
from gongjiang.rules.programmes.schema.obligation import Obligation

PARAMS = {"stay_years": 3}
APPROVAL = {"by": ["office"], "record": "报批材料"}


def stay(length: object = "$stay_years", unit: str = "year", **more: object) -> Obligation:
    raw = {"id": "stay", "label": "3年内原则上不得变更工作单位", "keeps": "employer", "cite": ["四.2"]}
    return Obligation.model_validate(raw | {"length": {"exactly": length, "unit": unit}, "approval": APPROVAL} | more)


@pytest.mark.ledger("J-10")
@pytest.mark.parametrize(
    ("length", "unit", "begun", "until"),
    [
        ("$stay_years", "year", date(2026, 9, 1), date(2029, 8, 31)),
        ("$stay_years", "year", date(2028, 2, 29), date(2031, 2, 28)),
        (4, "year", date(2028, 2, 29), date(2032, 2, 28)),
        (1, "month", date(2026, 1, 31), date(2026, 2, 28)),
        (6, "month", date(2026, 7, 1), date(2026, 12, 31)),
        (10, "day", date(2026, 7, 1), date(2026, 7, 10)),
    ],
)
def test_the_last_day_that_binds(length: object, unit: str, begun: date, until: date) -> None:
    assert last_day(stay(length, unit), begun, PARAMS) == until


@pytest.mark.ledger("J-10")
@pytest.mark.parametrize(
    ("on", "after", "approved", "allowed", "text"),
    [
        (date(2027, 5, 1), "甲厂", None, True, ""),
        (date(2027, 5, 1), "乙厂", None, False, "确需变更的须先报批"),
        (date(2027, 5, 1), "乙厂", False, False, "未获批准"),
        (date(2027, 5, 1), "乙厂", True, True, "已按程序批准"),
        (date(2029, 8, 31), "乙厂", None, False, "到2029年8月31日"),
        (date(2029, 9, 1), "乙厂", None, True, ""),
    ],
)
def test_a_change_asks_for_approval_while_the_term_runs(
    on: date, after: str, approved: bool | None, allowed: bool, text: str
) -> None:
    found = judge_change(
        stay(), begun=date(2026, 9, 1), on=on, before="甲厂", after=after, approved=approved, params=PARAMS
    )
    told = "；".join(one.text for one in found.reasons)
    assert (found.allowed, text in told, all(one.clause == "四.2" for one in found.reasons)) == (allowed, True, True)


def test_a_hard_one_cannot_be_approved_away() -> None:
    hard = stay(force="hard")
    found = judge_change(
        hard, begun=date(2026, 9, 1), on=date(2027, 1, 1), before="甲厂", after="乙厂", approved=True, params=PARAMS
    )
    assert not found.allowed


def test_a_length_must_be_whole() -> None:
    with pytest.raises(BadInput):
        last_day(stay("1.5"), date(2026, 9, 1), PARAMS)


BEGUN, UNTIL, TODAY = date(2026, 7, 21), date(2029, 7, 20), date(2027, 6, 1)
AWAY = Declared(date(2027, 4, 1), date(2027, 3, 1), "远岸衡器厂", None)


@pytest.mark.ledger("J-10")
@pytest.mark.parametrize(
    ("changes", "elsewhere", "flags"),
    [
        ([], [], []),
        ([AWAY], [], [Flag.OVERDUE]),
        ([replace(AWAY, on=date(2027, 9, 1))], [], [Flag.WAITING]),
        ([replace(AWAY, told=date(2027, 5, 1), approved=True)], [], [Flag.LATE]),
        ([replace(AWAY, approved=False)], [Elsewhere("远岸 衡器厂", TODAY)], [Flag.DEFIED]),
        ([replace(AWAY, approved=True)], [Elsewhere("远岸衡器厂", TODAY)], []),
        ([], [Elsewhere("远岸衡器厂", TODAY), Elsewhere("远岸衡器厂", TODAY)], [Flag.CONFLICT]),
        ([], [Elsewhere("澜江重工", TODAY), Elsewhere("", TODAY)], []),
        ([], [Elsewhere("远岸衡器厂", date(2026, 7, 20)), Elsewhere("别厂", date(2029, 7, 21))], []),
    ],
)
def test_what_stands_out(changes: list[Declared], elsewhere: list[Elsewhere], flags: list[Flag]) -> None:
    assert [one.flag for one in watch("澜江重工", BEGUN, UNTIL, TODAY, changes, elsewhere)] == flags
