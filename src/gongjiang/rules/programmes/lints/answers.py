"""Questions and judgements take answers of a kind; their defaults are of that kind."""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint

KINDS: Final = ("yes_no", "number", "text", "date")


@lint("answer", "答案的种类与缺省答案须合")
def kinds(draft: Draft) -> Iterator[Finding]:
    """`answer` is a known kind; `default` is one of the options, a number, true or false."""
    for section, usual in (("questions", "text"), ("judgements", "yes_no")):
        for path, one in draft.items(f"{section}.*"):
            raw = one.get("answer", usual)
            options = _options(raw)
            if not (raw in KINDS if isinstance(raw, str) else options is not None):
                yield Finding(
                    (*path, "answer"),
                    f"answer 只能是 {'、'.join(KINDS)}、{{one_of: …}} 或 {{codes: …}}。",
                    f"answer is one of {', '.join(KINDS)}, {{one_of: …}} or {{codes: …}}.",
                )
            elif "default" in one and not _fits(one["default"], raw, options, draft):
                yield Finding(
                    (*path, "default"),
                    f"缺省答案“{one['default']}”不是这一问的可选答案。",
                    f"The default '{one['default']}' is no answer to this question.",
                )


@lint("answer.rows", "对行的认定须写明是哪些行")
def rows(draft: Draft) -> Iterator[Finding]:
    """`about: row` names its rows; `about` has a known word."""
    for path, one in draft.items("judgements.*"):
        if one.get("about") == "row" and not draft.names.columns(str(one.get("rows"))):
            yield Finding(
                path,
                f"认定“{one.get('id')}”是对行的，须由 rows 写明是哪种明细。",
                f"Judgement '{one.get('id')}' is about rows: name them in rows.",
            )


@lint("param.answer", "参数的值与其问题的答案须同类")
def params(draft: Draft) -> Iterator[Finding]:
    """A param with a number whose question is answered by yes or no would become that yes: its number would be lost."""
    asked = {str(one.get("id")): one.get("answer", "text") for _, one in draft.items("questions.*")}
    for path, one in draft.items("params.*"):
        answer = asked.get(str(one.get("ask")))
        value = one.get("value")
        if "value" not in one or answer not in ("yes_no", "number"):  # it may be a map of answers
            continue
        if isinstance(value, bool) != (answer == "yes_no") or (answer == "number" and draft.number(value) is None):
            yield Finding(
                (*path, "ask"),
                f"参数“{one.get('id')}”已有值“{value}”，而问题“{one['ask']}”的答案是另一类（{answer}），答复后会取代它："
                "请改问题的 answer，或去掉 ask。",
                f"Param '{one.get('id')}' has the value '{value}', but its question takes {answer}.",
            )


def _options(raw: Any) -> frozenset[str] | None:
    """The answers of one_of; an empty set for codes (checked elsewhere); None if it is neither."""
    if not isinstance(raw, dict) or len(raw) != 1:
        return None
    if "codes" in raw:
        return frozenset()
    found = raw.get("one_of")
    return frozenset(str(one) for one in found) if isinstance(found, list | dict) and found else None


def _fits(default: Any, raw: Any, options: frozenset[str] | None, draft: Draft) -> bool:
    if options:
        return str(default) in options
    if raw == "number":
        return draft.number(default) is not None
    return isinstance(default, bool) if raw == "yes_no" else True
