"""What a reader would ask about a résumé."""

from datetime import date
from fractions import Fraction

from gongjiang.kernel.dates import Month
from gongjiang.kernel.spans import Span
from gongjiang.rules.people.plausible import resume_remarks, work_begun_early, years_too_many


def test_work_begun_before_16() -> None:
    remark = work_begun_early(Month(1980, 6), Month(1996, 5))
    assert remark is not None
    assert remark.text == "参加工作时间1996年5月，当时约15周岁，不满16周岁，请核对或说明。"
    assert remark.force == "guide"
    assert work_begun_early(Month(1980, 6), Month(1996, 6)) is None


def test_more_years_of_work_than_a_life_has() -> None:
    day = date(2026, 6, 30)
    remark = years_too_many("本专业年限", Month(1980, 3), Fraction("30.5"), day)
    assert remark is not None
    assert remark.text == "“本专业年限”填了30.5年，而从16周岁到2026年6月30日只有30年3个月，请核对。"
    assert years_too_many("本专业年限", Month(1980, 3), Fraction("30.25"), day) is None
    young = years_too_many("本专业年限", Month(2020, 1), Fraction(1), day)
    assert young is not None
    assert "只有0年" in young.text


def test_gaps_and_overlaps_in_words() -> None:
    spans = (Span(Month(2000, 9), Month(2003, 6)), Span(Month(2003, 10), Month(2010, 3)), Span(Month(2010, 1)))
    assert [remark.text for remark in resume_remarks(spans, date(2026, 6, 30))] == [
        "简历2003年7月至2003年9月中间没有填写，请核对。",
        "简历2010年1月至2010年3月有两行重叠，请核对。",
    ]
