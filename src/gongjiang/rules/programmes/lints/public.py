"""What the public sees is the name and the work, never what could be misused."""

import re
from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path, did_you_mean

ALLOWED: Final = frozenset({"name", "employer", "gender", "post", "industry", "trade"})
"""Personal fields that a notice names people by."""

NEVER: Final = frozenset({"id_number", "mobile", "photo", "file", "rows"})
"""Types that never stand in a public list."""

_LABELS: Final = re.compile("身份证|证件号|电话|手机|住址|地址|邮箱|出生")


@lint("public.personal", "公示内容不得含个人敏感信息")
def public_fields(draft: Draft) -> Iterator[Finding]:
    """`shows` of a publish stage: no identity or phone numbers, no birth date, no other personal field."""
    for path, word in draft.words("stages.*.shows"):
        yield from _shown(path, word, draft)
    for path, value in draft.find("stages.*.shows.*"):
        if isinstance(value, dict) and isinstance(value.get("field"), str):
            yield from _shown(path, value["field"], draft, str(value.get("format", "")))


def _shown(path: Path, word: str, draft: Draft, form: str = "") -> Iterator[Finding]:
    if word.startswith("case."):
        if word.partition(".")[2] not in {"award", "tier", "route", "nominator"}:
            yield Finding(path, f"“{word}”不是可以公示的内容。", f"'{word}' may not be shown in public.")
        return
    field = draft.names.field(word)
    if field is None:
        hint, english = did_you_mean(word, draft.names.ids["field"])
        yield Finding(path, f"没有名为“{word}”的字段。{hint}", f"No field '{word}'.{english}", "unknown.field")
        return
    if field.type in {"date", "month"} and (word == "birth" or field.pii != "none"):
        if form != "YYYY年" and form != "YYYY":
            yield Finding(
                path,
                f"公示内容不得含“{field.shown}”：出生年月日至多写到年份。",
                f"'{word}' may not be shown in public: a birth date at most as its year.",
            )
        return
    open_to_all = field.pii == "none" or word in ALLOWED
    if field.type in NEVER or field.pii == "sensitive" or not open_to_all or _LABELS.search(field.label):
        yield Finding(
            path,
            f"公示内容不得含“{field.shown}”（{word}）：属个人信息。",
            f"'{word}' is personal and may not be shown in public.",
        )
