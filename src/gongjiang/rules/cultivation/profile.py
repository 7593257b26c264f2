"""What may stand on an artisan's public profile (风采展示, measures-2025 第十四条): how much, and nothing private."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from gongjiang.kernel.decision import Decision, Reason
from gongjiang.kernel.text import check_length
from gongjiang.rules.public_notices.gate import decide, scan_text

WORDS: Final = 1000
WORK_TITLE, WORK_TEXT, WORKS = 40, 200, 6
PICTURES: Final = 6
FILM_SECONDS: Final = 180
FILM_BYTES: Final = 100_000_000
PICTURE_BYTES: Final = 10_000_000


def fits(words: str, works: Iterable[Mapping[str, str]]) -> Decision:
    """Is the draft within its limits? Each reason names the field."""
    rows = list(works)
    found = [check_length(words, WORDS, label="风采介绍")]
    if len(rows) > WORKS:
        found.append(Decision.no(Reason(f"代表成果最多 {WORKS} 项。", subject="代表成果")))
    for n, one in enumerate(rows, 1):
        if not one.get("title", "").strip():
            found.append(Decision.no(Reason(f"代表成果第 {n} 项没有名称。", subject="代表成果")))
        found.append(check_length(one.get("title", ""), WORK_TITLE, label=f"代表成果第 {n} 项的名称"))
        found.append(check_length(one.get("text", ""), WORK_TEXT, label=f"代表成果第 {n} 项的说明"))
    reasons = tuple(reason for one in found for reason in one.reasons)
    return Decision.no(*reasons) if reasons else Decision.yes()


def may_be_public(
    words: str, works: Iterable[Mapping[str, str]], captions: Iterable[str], photo: bool, *, on: date
) -> Decision:
    """Is there enough to show, and nothing that must not be published (numbers, whole birth dates)?"""
    lacking = [
        Reason(text, subject=subject)
        for there, text, subject in (
            (bool(words.strip()), "还没有写风采介绍。", "风采介绍"),
            (photo, "还没有照片。", "照片"),
        )
        if not there
    ]
    findings = list(scan_text(words, "风采介绍", on=on))
    for n, one in enumerate(works, 1):
        findings += scan_text(f"{one.get('title', '')}\n{one.get('text', '')}", f"代表成果第 {n} 项", on=on)
    for text in captions:
        findings += scan_text(text, "图片说明", on=on)
    reasons = (*lacking, *decide(findings).reasons)
    return Decision.no(*reasons) if reasons else Decision.yes()
