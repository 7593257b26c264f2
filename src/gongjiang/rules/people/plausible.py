"""Things in a person's own data that a reader would ask about: remarks, never refusals."""

from datetime import date
from fractions import Fraction

from gongjiang.kernel.dates import Month, long_date
from gongjiang.kernel.decision import Reason
from gongjiang.kernel.rounding import decimal_text
from gongjiang.kernel.spans import Span, review, years_text

YOUNGEST_WORKER = 16
"""Labour Law art. 15: nobody under 16 is employed (arts, sports and rare crafts with approval excepted)."""


def work_begun_early(birth: Month, start: Month) -> Reason | None:
    """A remark when work began before 16; in the month of the birthday the day decides, so nothing is said."""
    if start.index >= birth.index + YOUNGEST_WORKER * 12:
        return None
    age = (start.index - birth.index) // 12
    return Reason(
        f"参加工作时间{start.chinese()}，当时约{age}周岁，不满{YOUNGEST_WORKER}周岁，请核对或说明。",
        force="guide",
        subject="work_start",
    )


def years_too_many(label: str, birth: Month, years: Fraction, as_of: date) -> Reason | None:
    """A remark when somebody worked for more years than they have lived since 16, by `as_of`."""
    most = Month.of(as_of).index - birth.index - YOUNGEST_WORKER * 12
    if years * 12 <= max(most, 0):
        return None
    told = years_text(max(most, 0))
    return Reason(
        f"“{label}”填了{decimal_text(years, 4)}年，而从{YOUNGEST_WORKER}周岁到{long_date(as_of)}只有{told}，请核对。",
        force="guide",
        subject="years",
    )


def resume_remarks(spans: tuple[Span, ...], as_of: date) -> tuple[Reason, ...]:
    """Gaps and overlaps of a résumé, each as a sentence."""
    report = review(spans, as_of)
    gaps = (("中间没有填写", gap) for gap in report.gaps)
    overlaps = (("有两行重叠", overlap) for overlap in report.overlaps)
    return tuple(
        Reason(f"简历{since.chinese()}至{until.chinese()}{what}，请核对。", force="guide", subject="resume")
        for what, (since, until) in (*gaps, *overlaps)
    )
