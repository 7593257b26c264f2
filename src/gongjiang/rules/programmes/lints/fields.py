"""A field has what its type needs: codes, options, rows; a code list's wider words are words of the list."""

from collections.abc import Iterator
from typing import Any, Final

from gongjiang.rules.programmes.derived import DERIVED
from gongjiang.rules.programmes.lints.draft import Draft
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path, did_you_mean

NEEDS: Final = {"code": "codes", "checks": "options"}


@lint("field.kind", "字段须有其类型所需的内容")
def kinds(draft: Draft) -> Iterator[Finding]:
    """`code` names a list, `checks` has options, `rows` has a row group with columns."""
    for pattern in ("fields.*", "groups.*.columns.*"):
        for path, one in draft.items(pattern):
            key = NEEDS.get(str(one.get("type")))
            if key and not one.get(key):
                yield _lacks(path, one, key)
            if one.get("type") == "rows" and not draft.names.groups.get(str(one.get("group") or one.get("id"))):
                yield _lacks(path, one, "group")


@lint("field.derived", "自动计算的字段只能用已有的函数")
def derived(draft: Draft) -> Iterator[Finding]:
    """`derived` names a function of the engine."""
    for path, word in draft.words("fields.*.derived"):
        if word not in DERIVED:
            hint, english = did_you_mean(word, DERIVED)
            yield Finding(path, f"没有计算函数“{word}”。{hint}", f"No function '{word}'.{english}", "unknown.function")


@lint("subject.relation", "对象的关系须指向一种对象")
def relations(draft: Draft) -> Iterator[Finding]:
    """`has` of a kind of subject: a kind, or a list of exactly one kind."""
    known = draft.names.ids["subject"]
    leads: dict[str, object] = {}
    for path, to in draft.find("subjects.*.has.*"):
        if leads.setdefault(str(path[-1]), to) != to:
            yield Finding(
                path,
                f"关系“{path[-1]}”在别的对象里指向另一种对象，请换一个名称。",
                f"Relation '{path[-1]}' leads to another kind elsewhere: take another name.",
            )
    for path, to in draft.find("subjects.*.has.*"):
        kind = to[0] if isinstance(to, list) and len(to) == 1 else to
        if not isinstance(kind, str) or kind not in known:
            hint, english = did_you_mean(kind, known)
            yield Finding(
                path,
                f"关系“{path[-1]}”须指向一种对象，如 person，或一组 [person]。{hint}",
                f"Relation '{path[-1]}' leads to one kind of subject, or to a list of one.{english}",
            )


@lint("codes.parent", "代码的上级须在同一代码表")
def parents(draft: Draft) -> Iterator[Finding]:
    """`in` of a code names a word of its own list, and doesn't lead back to itself."""
    for path, codes in draft.items("codes.*"):
        inside = codes.get("items")
        items = inside if isinstance(inside, list) else []
        wider = {_code(one): one.get("in") if isinstance(one, dict) else None for one in items}
        for index, one in enumerate(items):
            if not isinstance(one, dict) or not isinstance(one.get("in"), str):
                continue
            if one["in"] not in wider:
                hint, english = did_you_mean(one["in"], wider)
                yield Finding(
                    (*path, "items", index, "in"),
                    f"代码表“{path[-1]}”里没有“{one['in']}”。{hint}",
                    f"Code list '{path[-1]}' has no '{one['in']}'.{english}",
                    "unknown.code",
                )
            elif _circle(_code(one), wider):
                yield Finding(
                    (*path, "items", index, "in"),
                    f"代码“{_code(one)}”的上级绕回了自己。",
                    f"Code '{_code(one)}' lies in itself.",
                )


def _code(one: Any) -> str:
    return str(one.get("code") if isinstance(one, dict) else one)


def _circle(code: str, wider: dict[str, Any]) -> bool:
    at: Any = code
    for _ in range(len(wider)):
        at = wider.get(str(at))
        if at == code:
            return True
    return False


def _lacks(path: Path, one: dict[str, Any], key: str) -> Finding:
    return Finding(
        path,
        f"“{one.get('id')}”的类型是 {one.get('type')}，须写 {key}。",
        f"'{one.get('id')}' is of type {one.get('type')} and needs {key}.",
    )
