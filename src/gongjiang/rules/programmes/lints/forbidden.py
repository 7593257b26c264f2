"""不受年龄、性别…限制: criteria that the notice bans may not decide anything, however indirectly."""

from collections.abc import Iterator
from typing import Final

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path

INPUTS: Final = {"full_years_since_birth": ("birth", "id_number")}
"""What a derived field is worked out from, so that age can't slip in as a birth date or the other way round."""


def tainted(draft: Draft) -> dict[str, str]:
    """Banned field → the clause that bans it; derived fields and what they come from are banned together."""
    banned: dict[str, str] = {}
    for _, one in draft.items("forbidden_criteria.*"):
        for name in word_list(one.get("fields")):
            banned[name] = "、".join(word_list(one.get("cite")))
    derived = [one for fields in draft.names.fields.values() for one in fields.values() if one.derived]
    for field in derived:
        family = (field.id, *INPUTS.get(str(field.derived), ()))
        clause = next((banned[name] for name in family if name in banned), None)
        if clause is not None:
            banned |= {name: banned.get(name, clause) for name in family}
    return banned


@lint("forbidden", "明令不限的条件不得用于把关规则")
def used_in_rules(draft: Draft) -> Iterator[Finding]:
    """Banned fields in `check` or `when` of hard and soft rules, in pools that refuse, in stages' `when`."""
    banned = tainted(draft)
    if not banned:
        return
    ruling = {str(one.get("id")) for _, one in draft.items("rules.*") if _decides(one)}
    for section in ("rules", "pools"):
        for path, one in draft.items(f"{section}.*"):
            if _decides(one):
                yield from _reads(path, str(one.get("id")), banned, draft)
    for path, stage in draft.stages:
        yield from _reads((*path, "when"), str(stage.get("id")), banned, draft)
    for path, one in draft.items("exceptions.*"):
        yield from _reads((*path, "when"), str(one.get("id")), banned, draft)
    for path, one in draft.items("rules.*"):
        if not _decides(one) and _used(str(one.get("id")), ruling, draft):
            yield from _reads(path, str(one.get("id")), banned, draft)


@lint("forbidden.rank", "明令不限的条件不得用于排序和计分")
def used_in_rank(draft: Draft) -> Iterator[Finding]:
    """Banned fields as rank keys, directly or by a preference rule, and in leaves of scoring trees."""
    banned = tainted(draft)
    if not banned:
        return
    for path, word in draft.words("stages.*.rank.*.field"):
        if word in banned:
            yield _found(path, "排序", word, banned[word])
    for path, word in draft.words("stages.*.rank.*.rule"):
        for inner, one in draft.items("rules.*"):
            if one.get("id") == word:
                yield from (Finding(path, *found[1:]) for found in _reads(inner, f"排序所用规则{word}", banned, draft))
    for path, root in draft.items("scoring.*"):
        yield from _reads(path, str(root.get("id")), banned, draft, skip="facts")
    for depth in range(4):
        for leaf in ("rate.field", "share"):
            for path, word in draft.words("scoring.*" + ".of.*" * depth + f".{leaf}"):
                if word in banned:
                    yield _found(path, "计分", word, banned[word])


def _decides(one: dict[str, object]) -> bool:
    return str(one.get("force", "hard")) in {"hard", "soft"}


def _used(rule: str, ruling: set[str], draft: Draft) -> bool:
    """Does a rule that decides read this one?"""
    return any(
        part.node.get("rule") == rule
        for path, one in draft.items("rules.*")
        if str(one.get("id")) in ruling
        for part in draft.parts(path)
    )


def _reads(path: Path, name: str, banned: dict[str, str], draft: Draft, skip: str = "") -> Iterator[Finding]:
    for at, node, rows in draft.parts(path):
        if skip and skip in at:
            continue
        for key in ("field", "same_as", "differs_from", "not_before", "later_than"):
            word = node.get(key)
            if not isinstance(word, str):
                continue
            field = word.removeprefix("subject.")
            if rows is not None and field == word and key == "field":
                continue  # a column of a row, not a field of the person
            if field in banned:
                yield _found((*at, key), name, field, banned[field])


def _found(path: Path, name: str, field: str, clause: str) -> Finding:
    return Finding(
        path,
        f"“{name}”用了“{field}”，而{clause or '通知'}明令不受其限制。",
        f"'{name}' uses '{field}', which clause {clause or 'of the notice'} bans as a criterion.",
    )
