"""Days follow each other: windows end after they begin, periods have a length, stages keep the order of the dates."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint


@lint("time.window", "时间段不得先止后起")
def windows(draft: Draft) -> Iterator[Finding]:
    """`from` is not after `to`, wherever both stand as days."""
    for pattern in ("times.*.window", "pack.in_force"):
        for path, one in draft.items(pattern):
            first, last = one.get("from"), one.get("to")
            if isinstance(first, date) and isinstance(last, date) and first > last:
                yield Finding(
                    (*path, "to"),
                    f"起于{first}，却止于{last}：止日在起日之前。",
                    f"The window begins on {first} and ends before that, on {last}.",
                )


@lint("time.kind", "各处所用的时间须是相应的种类")
def kinds(draft: Draft) -> Iterator[Finding]:
    """A time is a window, a day or a length; a period needs a length, a deadline a day."""
    times = {str(one.get("id")): one for _, one in draft.items("times.*")}
    for path, one in draft.items("times.*"):
        if not any(key in one for key in ("window", "date", "length")):
            yield Finding(
                path, f"时间“{one.get('id')}”须写 window、date 或 length。", "A time is a window, a date or a length."
            )
    for pattern, key, other, name in (
        ("stages.*.period", "length", "length", "期限（length）"),
        ("stages.*.retention", "length", "length", "期限（length）"),
        ("stages.*.due", "date", "window", "日期（date）"),
        ("pack.as_of.time", "date", "window", "日期（date）"),
    ):
        for path, word in draft.words(pattern):
            found = times.get(word)
            if found is not None and key not in found and other not in found:
                yield Finding(path, f"这里用的时间“{word}”须有{name}。", f"Time '{word}' must have a {key} here.")


@lint("time.order", "前一环节的时间不应在后一环节之后", severity="warning")
def order(draft: Draft) -> Iterator[Finding]:
    """A stage whose window closes after the window of a later stage has closed, or opens after that."""
    times = {str(one.get("id")): one for _, one in draft.items("times.*")}
    before: tuple[str, date] | None = None
    for path, stage in draft.stages:
        days = _days(times.get(str(stage.get("time") or stage.get("due") or stage.get("period")), {}))
        if days is None:
            continue
        if before is not None and days[1] < before[1]:
            yield Finding(
                path,
                f"环节“{stage.get('id')}”最晚到{days[1]}，而在它之前的“{before[0]}”到{before[1]}才截止。",
                f"Stage '{stage.get('id')}' ends on {days[1]}, before the earlier '{before[0]}' ends on {before[1]}.",
            )
        before = (str(stage.get("id")), max(days[1], before[1] if before else days[1]))


@lint("time.issued", "各项时间不应早于通知印发日", severity="warning")
def after_issue(draft: Draft) -> Iterator[Finding]:
    """A deadline before the notice itself."""
    issued = next((day for _, day in draft.find("pack.issued_on") if isinstance(day, date)), None)
    for path, one in draft.items("times.*"):
        days = _days(one)
        if issued and days and days[1] < issued:
            yield Finding(
                path,
                f"时间“{one.get('id')}”（{days[1]}）早于通知印发日{issued}。",
                f"Time '{one.get('id')}' ({days[1]}) lies before the notice was issued on {issued}.",
            )


def _days(time: Mapping[str, Any]) -> tuple[date, date] | None:
    """First and last day of a window, or the one day twice."""
    window = time.get("window")
    first, last = (window.get("from"), window.get("to")) if isinstance(window, dict) else (None, None)
    if isinstance(first, date) and isinstance(last, date):
        return first, last
    day = time.get("date")
    return (day, day) if isinstance(day, date) else None
