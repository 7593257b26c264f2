"""Stages stand in an order that can be walked: each list is read by a later stage, names come after the notice."""

from collections.abc import Iterator, Mapping
from typing import Any

from gongjiang.rules.programmes.lints.draft import Draft, word_list
from gongjiang.rules.programmes.lints.lint import Finding, lint
from gongjiang.rules.programmes.problems import Path


def sources(draft: Draft) -> Mapping[str, tuple[str, ...]]:
    """Stage id to the stages whose lists it reads: `from`, else the stage before it."""
    found: dict[str, tuple[str, ...]] = {}
    before = ""
    for _, one in draft.stages:
        name = str(one.get("id"))
        said = word_list(one.get("from"))
        found[name] = tuple(said) if said else (before,) if before and one.get("type") != "apply" else ()
        before = name
    return found


def ancestors(name: str, draft: Draft) -> frozenset[str]:
    """All stages that a case has passed before this one, by `from` and `after`."""
    reads = sources(draft)
    after = {str(one.get("id")): word_list(one.get("after")) for _, one in draft.stages}
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        for earlier in (*reads.get(one, ()), *after.get(one, ())):
            if earlier not in found:
                found.add(earlier)
                waiting.append(earlier)
    return frozenset(found)


@lint("stage.order", "环节只能读取在前环节的名单")
def order(draft: Draft) -> Iterator[Finding]:
    """`from` and `after` name earlier stages; the first stage takes applications."""
    places = draft.stage_order
    for index, (path, one) in enumerate(draft.stages):
        for key in ("from", "after"):
            for word in word_list(one.get(key)):
                if places.get(word, -1) >= index:
                    yield Finding(
                        (*path, key),
                        f"环节“{one.get('id')}”的 {key} 写了“{word}”，它不在前面：环节须按先后排列，不得绕圈。",
                        f"Stage '{one.get('id')}': {key} names '{word}', which is not earlier.",
                    )
    header = draft.data.get("pack")
    over_honours = isinstance(header, dict) and header.get("kind") == "process"
    if draft.stages and draft.stages[0][1].get("type") != "apply" and not over_honours:
        path, one = draft.stages[0]
        yield Finding(
            path, f"第一个环节须是 apply（申报），现为“{one.get('type')}”。", "The first stage must be of type apply."
        )


@lint("stage.after", "所等的环节须是案卷到得了的")
def after(draft: Draft) -> Iterator[Finding]:
    """`after` a stage that cases of another way in never get to: they would wait for ever."""
    reads = sources(draft)
    types = {str(one.get("id")): one.get("type") for _, one in draft.stages}

    def ways_in(name: str, seen: frozenset[str]) -> frozenset[str]:
        own = frozenset({name}) if types.get(name) == "apply" else frozenset()
        earlier = [one for one in reads.get(name, ()) if one not in seen]
        return own.union(*(ways_in(one, seen | {name}) for one in earlier))

    for path, one in draft.stages:
        mine = ways_in(str(one.get("id")), frozenset())
        for word in word_list(one.get("after")):
            lost = mine - ways_in(word, frozenset())
            if word in types and lost:
                yield Finding(
                    (*path, "after"),
                    f"环节“{one.get('id')}”要等“{word}”，而经“{'、'.join(sorted(lost))}”进来的案卷到不了“{word}”。",
                    f"'{one.get('id')}' waits for '{word}'; cases of '{', '.join(sorted(lost))}' never get there.",
                )


@lint("stage.name_before_notice", "命名须在公示之后")
def name_after_notice(draft: Draft) -> Iterator[Finding]:
    """Nobody is conferred before a public notice, if the pack has one (TRUST 7)."""
    notices = {str(one.get("id")) for _, one in draft.stages if one.get("type") == "publish"}
    for path, one in draft.stages:
        if one.get("type") == "name" and notices and not notices & ancestors(str(one.get("id")), draft):
            yield Finding(
                path,
                f"命名环节“{one.get('id')}”没有排在公示之后：须先公示，无异议后命名。",
                f"Stage '{one.get('id')}' names before any public notice.",
            )


@lint("stage.unread", "名单要有后续环节读取")
def unread(draft: Draft) -> Iterator[Finding]:
    """A stage that chooses, and whose list no later stage reads or waits for, decides nothing."""
    reads = sources(draft)
    read = {word for found in reads.values() for word in found}
    read |= {word for _, one in draft.stages for word in word_list(one.get("after"))}
    last = len(draft.stages) - 1
    for index, (path, one) in enumerate(draft.stages):
        if index < last and str(one.get("id")) not in read and _chooses(one):
            yield Finding(
                path,
                f"环节“{one.get('id')}”产生的名单没有后续环节读取：请在后面的 from 或 after 里写上它。",
                f"No later stage reads the list of '{one.get('id')}': name it in from or after.",
            )


@lint("stage.when_apply", "申报环节须有申报方式")
def routes(draft: Draft) -> Iterator[Finding]:
    """An apply stage has at least one route with forms."""
    for path, one in draft.stages:
        if one.get("type") == "apply" and not one.get("routes"):
            yield Finding(path, f"申报环节“{one.get('id')}”没有申报方式（routes）。", "An apply stage needs routes.")


@lint("stage.rising", "后一环节的名额比例不应高于前一环节", severity="warning")
def rising(draft: Draft) -> Iterator[Finding]:
    """A later list that may be longer than the one it is chosen from."""
    reads = sources(draft)
    sizes = {str(one.get("id")): (path, size(one, draft)) for path, one in draft.stages}
    for name, (path, own) in sizes.items():
        for earlier in reads.get(name, ()):
            before = _size_before(earlier, sizes, reads)
            if own is not None and before is not None and own > before:
                yield Finding(
                    (*path, "keep"),
                    f"环节“{name}”留下的人数多于它所读名单“{earlier}”的人数，名额比例是否写反？",
                    f"Stage '{name}' keeps more than the list '{earlier}' it chooses from.",
                )


def size(stage: Mapping[str, Any], draft: Draft) -> Any:
    """How many a stage keeps, as an exact number before rounding; None if it doesn't say."""
    keep = stage.get("keep")
    if not isinstance(keep, dict):
        return None
    if "places" in keep:
        return draft.number(keep["places"])
    ratio, places = draft.number(keep.get("per_place")), draft.number(keep.get("of", "$places"))
    return None if ratio is None or places is None else ratio * places


def _size_before(name: str, sizes: Mapping[str, tuple[Path, Any]], reads: Mapping[str, tuple[str, ...]]) -> Any:
    """The size of a list, or of the one it was read from if it keeps all."""
    for _ in range(len(sizes)):
        own = sizes.get(name, ((), None))[1]
        if own is not None or len(reads.get(name, ())) != 1:
            return own
        name = reads[name][0]
    return None


def _chooses(stage: Mapping[str, Any]) -> bool:
    return str(stage.get("type")) in {"select", "panel"} or "keep" in stage or "gives" in stage
