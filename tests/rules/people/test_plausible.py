"""What a reader would ask about a résumé."""

from datetime import date

from gongjiang.kernel.dates import Month
from gongjiang.kernel.spans import Span
from gongjiang.rules.people.plausible import resume_remarks, work_begun_early


def test_work_begun_before_16() -> None:
    remark = work_begun_early(Month(1980, 6), Month(1996, 5))
    assert remark is not None
    assert remark.text == "参加工作时间1996年5月，当时约15周岁，不满16周岁，请核对或说明。"
    assert remark.force == "guide"
    assert work_begun_early(Month(1980, 6), Month(1996, 6)) is None


def test_gaps_and_overlaps_in_words() -> None:
    spans = (Span(Month(2000, 9), Month(2003, 6)), Span(Month(2003, 10), Month(2010, 3)), Span(Month(2010, 1)))
    assert [remark.text for remark in resume_remarks(spans, date(2026, 6, 30))] == [
        "简历2003年7月至2003年9月中间没有填写，请核对。",
        "简历2010年1月至2010年3月有两行重叠，请核对。",
    ]
