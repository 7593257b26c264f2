"""Nanning's rubric of 2026 is the five powers of 2024, without indicators, weighed by four things (ledger G-16)."""

import pytest

from gongjiang.catalogue.packs import find, load_text

NANNING, NATIONAL = (load_text(find(one)) for one in ("nanning-2026", "national-2024"))


@pytest.mark.ledger("G-16")
def test_the_five_powers_are_those_of_2024() -> None:
    ours, theirs = NANNING.scoring[0], NATIONAL.scoring[0]
    assert [one.label for one in ours.of] == ["引领力", "实践力", "创新力", "攻关力", "传承力"]
    assert [one.label for one in ours.of] == [one.label for one in theirs.of]


@pytest.mark.ledger("G-16")
def test_each_power_is_judged_whole_and_no_indicator_is_invented() -> None:
    assert len(NANNING.scoring) == 1
    for power in NANNING.scoring[0].of:
        assert power.of == ()
        assert power.judged == {"by": "expert_panel"}
        assert power.cite == ("四(三)五力",)
        assert power.ask == "Q10"  # the notice gives no points: the office says them
    assert all(len(power.of) == 3 for power in NATIONAL.scoring[0].of)


@pytest.mark.ledger("G-16")
def test_it_is_weighed_by_what_the_notice_names() -> None:
    assert NANNING.scoring[0].weigh_on == ("品德", "技能", "业绩", "知识")
    text = next(one.text for one in NANNING.clauses if one.id == "四(三)五力")
    assert all(word in text for word in NANNING.scoring[0].weigh_on)
