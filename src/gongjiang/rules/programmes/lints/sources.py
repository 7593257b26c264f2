"""Every number and every effect says where it comes from: a clause, a question, or a stated assumption."""

from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint

SOURCED: Final = (
    "params", "rules", "pools", "stages", "times", "attachments", "exceptions", "scoring", "benefits",
    "accountability", "obligations", "targets", "allocations", "cultivation",
)  # fmt: skip


@lint("source.missing", "数值与效果须注明出处")
def uncited(draft: Draft) -> Iterator[Finding]:
    """Items of these sections, and the day on which years are counted, without cite, ask or assumed."""
    for section in SOURCED:
        for path, one in draft.items(f"{section}.*"):
            if not any(one.get(key) for key in ("cite", "ask", "assumed")):
                name = one.get("id") or one.get("label") or path[-1]
                yield Finding(
                    path,
                    f"“{name}”没有出处：请写 cite（条款）、ask（问题）或 assumed（暂定理由）。",
                    f"'{name}' has no source: write cite, ask or assumed.",
                )
    for path, one in draft.items("pack.as_of"):
        if "date" in one or "time" in one:
            if not any(one.get(key) for key in ("cite", "ask", "assumed")):
                yield Finding(
                    path,
                    "年限计算截止日没有出处：请写 cite、ask 或 assumed。",
                    "The day on which years are counted has no source: write cite, ask or assumed.",
                )
        else:
            yield Finding(
                path, "as_of 须写 time（某个时间）或 date（某日）。", "as_of needs a time or a date.", "as_of"
            )


@lint("param.value", "参数须有值、问题或认定")
def valueless(draft: Draft) -> Iterator[Finding]:
    """A param without value must name a question with a default, or the judgement that gives it."""
    defaults = {str(one.get("id")): one.get("default") for _, one in draft.items("questions.*")}
    for path, one in draft.items("params.*"):
        if "value" in one or "judged" in one:
            continue
        if defaults.get(str(one.get("ask"))) is None:
            yield Finding(
                path,
                f"参数“{one.get('id')}”没有值：请写 value，或由 ask 的问题给出缺省答案（default）。",
                f"Param '{one.get('id')}' has no value: write one, or ask a question that has a default.",
            )
