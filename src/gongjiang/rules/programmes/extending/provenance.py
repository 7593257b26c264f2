"""Where each item of a pack comes from, and what this pack made of it (mechanisms 12)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from gongjiang.rules.programmes.diff.labels import KEYS
from gongjiang.rules.programmes.diff.words import Speaker
from gongjiang.rules.programmes.extending.change import DEPARTURES, HOW, Change, said
from gongjiang.rules.programmes.extending.parts import LISTS, NAMED, key_of
from gongjiang.rules.programmes.names import items
from gongjiang.rules.programmes.pack import Pack

OWN: Final = "本级"
TAKEN: Final = "沿用"


@dataclass(frozen=True, slots=True)
class Origin:
    """One item: the pack it comes from (empty for this one), its clauses, and what was done to it, in words."""

    section: str
    id: str
    label: str
    pack: str
    clauses: tuple[str, ...]
    how: str
    said: tuple[str, ...] = ()
    departs: bool = False
    basis: str = ""
    reason: str = ""


def provenance(pack: Pack) -> tuple[Origin, ...]:
    """Every item in the order of the pack, those left out at the end. Empty for a pack under none."""
    if not pack.uppers:
        return ()
    told: dict[str, list[Change]] = {}
    for one in pack.changes:
        told.setdefault(one.item, []).append(one)
    speaker = Speaker(pack)
    here = [
        _origin(section, name, item, told.get(f"{section}.{name}", []), speaker) for section, name, item in _items(pack)
    ]
    known = {f"{one.section}.{one.id}" for one in here}
    gone = [_gone(one, pack, speaker) for one in pack.changes if one.how == "dropped" and one.item not in known]
    return (*here, *gone)


def labels_of(pack: Pack) -> dict[str, str]:
    """`rules.age` → what people call it, those left out too."""
    found = {f"{section}.{name}": _label(item, name) for section, name, item in _items(pack)}
    return found | {one.item: _label(one.was, one.id) for one in pack.changes if one.how == "dropped"}


def sentence(one: Change, speaker: Speaker) -> str:
    """A change in words: 数值：7 → 9（收紧）."""
    if one.how == "dropped":
        return "上级的这一项不采用"
    was = one.was_called or said(speaker.say(one.was, one.key))
    before = "" if one.was is None else f"{was} → "
    return f"{KEYS.get(one.key, one.key)}：{before}{said(speaker.say(one.now, one.key))}（{HOW[one.how]}）"


def _items(pack: Pack) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    data = pack.source.data
    for section in (*LISTS, "stages"):
        for one in items(data, section):
            yield section, key_of(section, one), one
    for section in NAMED:
        for name, one in (data.get(section) or {}).items():
            yield section, name, one


def _origin(section: str, name: str, item: Mapping[str, Any], told: list[Change], speaker: Speaker) -> Origin:
    pack = str(item.get("origin") or "")
    hows = [HOW[one.how] for one in told if one.how != "worded"] or [HOW[one.how] for one in told]
    first = next((one for one in told if one.departs), None)
    how = HOW[first.how] if first else "、".join(dict.fromkeys(hows)) or (TAKEN if pack else OWN)
    return Origin(
        section,
        name,
        _label(item, name),
        pack,
        _cites(item),
        how,
        tuple(sentence(one, speaker) for one in told),
        any(one.how in DEPARTURES for one in told),
        first.basis if first else "" if pack else str(item.get("assumed") or ""),
        first.reason if first else "",
    )


def _gone(one: Change, pack: Pack, speaker: Speaker) -> Origin:
    upper = pack.uppers[-1]
    own = {clause.id for clause in upper.notice.clauses} if upper.notice else set()
    shown = _label(one.was, one.id)
    cites = tuple(f"{upper.prefix}{word}" if word in own else word for word in _cites(one.was))
    name = f"{upper.id}@{upper.version}"
    return Origin(
        one.section, one.id, shown, name, cites, HOW[one.how], (sentence(one, speaker),), True, one.basis, one.reason
    )


def _label(item: Any, name: str) -> str:
    found = item if isinstance(item, Mapping) else {}
    return str(found.get("label") or found.get("name") or found.get("question") or found.get("when") or name)


def _cites(item: Any) -> tuple[str, ...]:
    said = item.get("cite") if isinstance(item, Mapping) else None
    return (said,) if isinstance(said, str) else tuple(map(str, said or ()))
