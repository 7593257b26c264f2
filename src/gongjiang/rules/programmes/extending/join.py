"""A pack with `extends` and its upper pack: merged, compared, its departures held against what it states."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gongjiang.rules.programmes.clauses import Clause
from gongjiang.rules.programmes.extending.change import HOW, Change, said
from gongjiang.rules.programmes.extending.compare import WORDS, changes
from gongjiang.rules.programmes.extending.merge import merge
from gongjiang.rules.programmes.extending.parts import (
    LISTS,
    NAMED,
    Merged,
    key_of,
    own_clauses,
    prefix_of,
    version_of,
)
from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.names import items, names_of
from gongjiang.rules.programmes.problems import PackProblem, Path, did_you_mean
from gongjiang.rules.programmes.schema.pack import CatalogueFile
from gongjiang.rules.programmes.source import Source

_NAMED: Final = re.compile(r"([a-z0-9][a-z0-9-]*)@([0-9]+(?:\.[0-9]+){0,2})")


@dataclass(frozen=True, slots=True)
class Joined:
    """The pack as one, its changes to the upper's items, the clauses of the notices above, and what is wrong."""

    source: Source
    changes: tuple[Change, ...] = ()
    clauses: tuple[Clause, ...] = ()
    problems: tuple[PackProblem, ...] = field(default=())


def named_upper(data: Mapping[str, Any]) -> tuple[str, str] | None:
    """Id and version that `extends` names; None without it, or when it is not of the form id@version."""
    header = data.get("pack")
    said_ = header.get("extends") if isinstance(header, dict) else None
    found = _NAMED.fullmatch(said_) if isinstance(said_, str) else None
    return (found[1], found[2]) if found else None


def fits(version: str, wanted: str) -> bool:
    """Is it a version of that line: 1.2.0 is one of 1 and of 1.2?"""
    return f"{version}.".startswith(f"{wanted}.")


def join(lower: Source, upper: Source | None, clauses: tuple[Clause, ...], catalogue: CatalogueFile) -> Joined:
    """The two as one. `clauses`: of the upper's own notice and of those above it, the latter already prefixed.

    A pack without `extends` is itself.
    """
    header = lower.data.get("pack")
    if not isinstance(header, dict) or "extends" not in header:
        return Joined(lower, problems=tuple(_alone(lower)))
    amiss = _unfit(lower, upper)
    if amiss is not None or upper is None:
        return Joined(lower, problems=(amiss,) if amiss else ())
    leaves, problems = _leaves(lower, upper)
    merged = merge(lower, upper, leaves)
    source = merged.source(lower)
    problems += _taken_ids(lower, upper)
    found = _changes(merged, lower, upper, source, catalogue)
    stated = dict(_stated(lower, upper))
    problems += _unstated(found, stated, lower, upper)
    problems += _unsourced(merged, found, stated, lower)
    told = tuple(_with_names(_with_reason(one, stated), upper) for one in found)
    problems += _needless(stated, told, lower)
    return Joined(source, told, _cited(clauses, upper), tuple(problems))


def _alone(lower: Source) -> Iterator[PackProblem]:
    """A pack without upper has nothing to depart from."""
    if "departs" in lower.data:
        yield lower.problem(
            ("departs",),
            "departs.alone",
            "没有写 extends，也就没有可与之不一致的上级办法。",
            "departs without extends.",
        )


def _unfit(lower: Source, upper: Source | None) -> PackProblem | None:
    path: Path = ("pack", "extends")
    named = named_upper(lower.data)
    word = lower.data["pack"]["extends"]
    if named is None:
        return lower.problem(
            path,
            "extends.form",
            f"extends 须写作“编号@版本”，如 measures-2025@1，现为“{word}”。",
            f"extends reads id@version, not '{word}'.",
        )
    if upper is None:
        return lower.problem(
            path,
            "extends.missing",
            f"找不到上级项目包“{word}”：请把 {named[0]}.yaml 放在本文件旁边，或先在平台上传它。",
            f"The upper pack '{word}' is nowhere to be found: put {named[0]}.yaml beside this file.",
        )
    is_ = version_of(upper.data)
    if is_.partition("@")[0] != named[0] or not fits(is_.partition("@")[2], named[1]):
        return lower.problem(
            path,
            "extends.version",
            f"本包沿用的是“{word}”，而上级项目包现为“{is_}”：请核对变动后改写版本。",
            f"This pack extends '{word}', but the upper pack found is '{is_}'.",
        )
    return None


def _upper_items(upper: Source) -> dict[str, Mapping[str, Any]]:
    """`rules.age` → the item, for everything that can be named in `departs`."""
    found: dict[str, Mapping[str, Any]] = {}
    for section in (*LISTS, "stages"):
        for one in items(upper.data, section):
            if key_of(section, one):
                found[f"{section}.{key_of(section, one)}"] = one
    for section in NAMED:
        named = upper.data.get(section)
        found |= {f"{section}.{name}": one for name, one in named.items()} if isinstance(named, dict) else {}
    return found


def _stated(lower: Source, upper: Source) -> Iterator[tuple[str, tuple[int, Mapping[str, Any]]]]:
    """Full name of each item under `departs`, with its place and entry; those that name nothing are left out."""
    known = _upper_items(upper)
    for n, one in enumerate(items(lower.data, "departs")):
        word = str(one.get("id"))
        found = [word] if word in known else [name for name in known if name.partition(".")[2] == word]
        if len(found) == 1:
            yield found[0], (n, one)


def _leaves(lower: Source, upper: Source) -> tuple[dict[str, Path], list[PackProblem]]:
    """Upper items that are left out, and entries that name none or several."""
    known = _upper_items(upper)
    problems: list[PackProblem] = []
    for n, one in enumerate(items(lower.data, "departs")):
        path: Path = ("departs", n, "id")
        word = str(one.get("id"))
        among = [name for name in known if name.partition(".")[2] == word]
        if word not in known and not among:
            hint, english = did_you_mean(word, [*known, *(name.partition(".")[2] for name in known)])
            text = f"上级项目包里没有“{word}”。{hint}"
            problems.append(lower.problem(path, "departs.unknown", text, f"The upper pack has no '{word}'.{english}"))
        elif word not in known and len(among) > 1:
            text = f"上级项目包里有几项都叫“{word}”，请写全：{'、'.join(among)}。"
            problems.append(lower.problem(path, "departs.which", text, f"Several items are called '{word}'."))
        if not word_list(one.get("cite")) and not one.get("assumed"):
            text = f"“{word}”与上级办法不一致，须注明本级依据（cite）。"
            problems.append(lower.problem(("departs", n), "departs.basis", text, f"'{word}' needs a cite."))
        if not str(one.get("reason") or "").strip():
            text = f"“{word}”与上级办法不一致，须写明理由（reason）。"
            problems.append(lower.problem(("departs", n), "departs.reason", text, f"'{word}' needs a reason."))
    return {name: ("departs", n) for name, (n, _) in _stated(lower, upper)}, problems


def _taken_ids(lower: Source, upper: Source) -> list[PackProblem]:
    """Own clauses that are called as the upper's are cited."""
    taken = {f"{prefix_of(upper.data)}{one}" for one in own_clauses(upper.data)}
    notice = lower.data.get("notice")
    found = items(notice, "clauses") if isinstance(notice, dict) else []
    return [
        lower.problem(
            ("notice", "clauses", n, "id"),
            "extends.clause",
            f"条款编号“{one['id']}”是上级办法条款的引法，请换一个编号。",
            f"'{one['id']}' is how a clause of the upper notice is cited.",
        )
        for n, one in enumerate(found)
        if one.get("id") in taken
    ]


def _changes(
    merged: Merged, lower: Source, upper: Source, source: Source, catalogue: CatalogueFile
) -> tuple[Change, ...]:
    above = Draft(upper, names_of(upper.data, catalogue))
    whole = Draft(source, names_of(source.data, catalogue))
    found = [change for one in merged.laid for change in changes(one, above, whole)]
    found += [Change(one.section, one.id, "", "dropped", one.upper, None, one.path) for one in merged.dropped]
    return (*found, *_waivers(lower, upper))


def _waivers(lower: Source, upper: Source) -> Iterator[Change]:
    """An exception of one's own that waives a rule of the upper is a departure from that rule."""
    known = _upper_items(upper)
    for n, one in enumerate(items(lower.data, "exceptions")):
        if f"exceptions.{one.get('id')}" in known:
            continue
        for word in word_list(one.get("waives")):
            if f"rules.{word}" in known:
                at: Path = ("exceptions", n, "waives")
                yield Change("rules", word, "waives", "departs", None, f"经“{one.get('id')}”可不执行", at)


def _unstated(found: tuple[Change, ...], stated: Mapping[str, Any], lower: Source, upper: Source) -> list[PackProblem]:
    title = str(upper.data.get("pack", {}).get("title", ""))
    known = _upper_items(upper)
    problems = []
    for one in found:
        if not one.departs or one.item in stated:
            continue
        item = known.get(one.item, {})
        shown = str(item.get("label") or item.get("name") or one.id)
        clauses = "、".join(word_list(item.get("cite")))
        what = "不采用了" if one.how == "dropped" else f"的 {one.key} 由“{said(one.was)}”改为“{said(one.now)}”"
        problems.append(
            lower.problem(
                one.path,
                "extends.departure",
                f"“{shown}”（{title}{clauses}）{what}，不属补充、收紧、分解或提前：请改回，"
                f"或在 departs 里写明 {one.item} 的依据和理由。",
                f"'{one.item}' departs from the upper pack ({one.key or 'left out'}): state it in departs.",
            )
        )
    return problems


def _unsourced(
    merged: Merged, found: tuple[Change, ...], stated: Mapping[str, Any], lower: Source
) -> Iterator[PackProblem]:
    """A change says where this level orders it: the upper's clause is no source for what the upper didn't say."""
    told = {one.item for one in found if one.how not in {"worded", "arranged"}}
    for one in merged.laid:
        name = f"{one.section}.{one.id}"
        if name in told and name not in stated and not any(one.lower.get(key) for key in ("cite", "ask", "assumed")):
            yield lower.problem(
                one.path,
                "extends.source",
                f"“{name}”的改动没有本级的出处：请写 cite（条款）、ask（问题）或 assumed（暂定理由）。",
                f"The change of '{name}' has no source of its own: write cite, ask or assumed.",
            )


def _with_reason(one: Change, stated: Mapping[str, tuple[int, Mapping[str, Any]]]) -> Change:
    if not one.departs or one.item not in stated:
        return one
    entry = stated[one.item][1]
    basis = "、".join(word_list(entry.get("cite"))) or str(entry.get("assumed") or "")
    return replace(one, reason=str(entry.get("reason") or ""), basis=basis)


def _with_names(one: Change, upper: Source) -> Change:
    """The change with the labels of what the upper item named."""
    labels = {
        str(item["id"]): str(item["label"])
        for section in ("roles", "stages", "times")
        for item in items(upper.data, section)
        if item.get("id") and item.get("label")
    }
    words = word_list(one.was)
    named = words and one.key not in WORDS and all(word in labels for word in words)
    return replace(one, was_called="、".join(labels[word] for word in words)) if named else one


def _needless(
    stated: Mapping[str, tuple[int, Mapping[str, Any]]], found: tuple[Change, ...], lower: Source
) -> Iterator[PackProblem]:
    """What is called a departure and is none: lawful without it."""
    for name, (n, _) in stated.items():
        told = [one for one in found if one.item == name]
        if not any(one.departs for one in told):
            how = "、".join(dict.fromkeys(HOW[one.how] for one in told)) or "没有改动"
            yield lower.problem(
                ("departs", n),
                "departs.needless",
                f"“{name}”并非不一致（{how}），不必列入 departs。",
                f"'{name}' is no departure: it need not be stated.",
                "warning",
            )


def _cited(clauses: tuple[Clause, ...], upper: Source) -> tuple[Clause, ...]:
    """The upper's clauses as they are cited here."""
    own, prefix = own_clauses(upper.data), prefix_of(upper.data)
    return tuple(replace(one, id=f"{prefix}{one.id}") if one.id in own else one for one in clauses)
