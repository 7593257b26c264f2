"""What a lower pack may do to an upper item: add to it, tighten it, allot its places, set earlier times.

Whatever isn't recognised as one of these is a departure: a new kind of lawful change is added here, never assumed.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from gongjiang.rules.programmes.extending.change import Change
from gongjiang.rules.programmes.extending.parts import Laid
from gongjiang.rules.programmes.lints.draft import Draft, word_list

FORCES: Final = ("none", "guide", "prefer", "soft", "hard")
WORDS: Final = frozenset({"label", "name", "note", "unit", "hint", "gloss", "heading"})
"""Keys that only say something."""

SOURCES: Final = frozenset({"cite", "ask", "assumed"})
"""Keys that say where this level orders it; a change needs one of them (`extends.source`)."""

NARROWING: Final = frozenset({"when", "where", "award", "per", "in", "of", "waives", "blank", "else", "apart"})
"""Keys that change for whom or what an item counts: never only an addition, even where the upper had none."""

PLACED: Final = frozenset({"gate", "before", "at", "on", "from", "after", "time", "due", "stage", "meeting", "ties"})
"""Keys that say when in the procedure: a lower pack with stages of its own places the upper's items in them."""

DEFAULTS: Final[Mapping[str, Any]] = {"force": "hard", "required": True, "late": "refuse"}

LOWER_IS_TIGHTER: Final = frozenset({"at_most", "max", "most", "places", "per_place"})
HIGHER_IS_TIGHTER: Final = frozenset({"at_least", "min", "count", "min_rows"})

Judge = Callable[[Any, Any, Laid, Draft, Draft], str]


def changes(laid: Laid, upper: Draft, merged: Draft) -> Iterator[Change]:
    """Each key that the lower item writes and that says something else than the upper's."""
    for key, now in laid.lower.items():
        was = laid.upper.get(key, DEFAULTS.get(key))
        if key == laid_key(laid) or now == was:
            continue
        how = _how(key, was, now, laid, upper, merged)
        if how:
            yield Change(laid.section, laid.id, key, how, was, now, (*laid.path, key))


def laid_key(laid: Laid) -> str:
    """The key that makes the item itself."""
    return "label" if laid.section == "targets" else "id"


def _how(key: str, was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    if key in SOURCES or key in WORDS:
        return "" if key in SOURCES else "worded"
    special = SPECIAL.get((laid.section, key)) or SPECIAL.get(("*", key))
    if special is not None:
        return special(was, now, laid, upper, merged)
    if was is None:
        return "departs" if key in NARROWING else "arranged" if key in PLACED else "added"
    if key in PLACED and not _stays(was, merged):
        return "arranged"
    if key in LOWER_IS_TIGHTER | HIGHER_IS_TIGHTER:
        return _bound(key, was, now, upper, merged)
    return "departs"


def _stays(was: Any, merged: Draft) -> bool:
    """Does the merged pack still have the stage or time that the upper item names?"""
    known = {*merged.stage_order, *(str(one.get("id")) for _, one in merged.items("times.*"))}
    return any(one in known for one in word_list(was))


def _bound(key: str, was: Any, now: Any, upper: Draft, merged: Draft) -> str:
    before, after = upper.number(was), merged.number(now)
    if before is None or after is None:
        return "departs"
    if before == after:
        return ""
    return "tightened" if (after < before) == (key in LOWER_IS_TIGHTER) else "departs"


def _value(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """A param moves as `tighter` says; one that the upper leaves to a question may be filled in."""
    direction = laid.upper.get("tighter")
    asked = was is None
    before = upper.number(upper.params.get(laid.id) if asked else was)
    after = merged.number(now)
    if asked and direction is None:
        return "added"
    if direction not in ("up", "down") or before is None or after is None:
        return "departs"
    if before == after:
        return "added" if asked else ""
    return "tightened" if (after > before) == (direction == "up") else "departs"


def _force(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    if was not in FORCES or now not in FORCES:
        return "departs"
    return "tightened" if FORCES.index(now) > FORCES.index(was) else "departs"


def _required(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    return "tightened" if now is True else "departs"


def _by(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """One of a group may be named in its place; who was to act may not be another."""
    if was is None:
        return "added"
    return "arranged" if merged.roles(now) <= merged.roles(was) else "departs"


def _members(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """A group of roles, a list of words: more of them is an addition, some of them an arrangement."""
    before, after = set(word_list(was)), set(word_list(now))
    return "added" if before <= after else "arranged" if after and after <= before else "departs"


def _grown(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """Words and columns are added to the upper's; one that is written again takes its place."""
    theirs = {str(one.get("code", one.get("id"))): one for one in was or () if isinstance(one, dict)}
    again = [one for one in now if isinstance(one, dict) and str(one.get("code", one.get("id"))) in theirs]
    return "departs" if any(theirs[str(one.get("code", one.get("id")))] != one for one in again) else "added"


def _rows(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """Places allotted downwards: each row at most what it was, its parts written out; no new row."""
    if not isinstance(was, dict) or not isinstance(now, dict):
        return "departs"
    for name, one in now.items():
        before, after = _places(was.get(name), upper), _places(one, merged)
        if before is None or after is None or after > before:
            return "departs"
    return "allotted" if set(was) == set(now) else "departs"


def _places(row: Any, draft: Draft) -> Fraction | None:
    if isinstance(row, dict) and isinstance(row.get("split"), dict):
        parts = [draft.number(one) for one in row["split"].values()]
        return None if None in parts else sum((one for one in parts if one is not None), Fraction(0))
    return draft.number(row.get("places") if isinstance(row, dict) else row)


def _window(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """Inside the upper's window, or where it had none."""
    if was is None:
        return "added"
    inside = [_day(was, "from") <= _day(now, "from"), _day(now, "to") <= _day(was, "to")]
    return "earlier" if all(inside) else "departs"


def _date(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    if was is None:
        return "added"
    return "earlier" if isinstance(was, date) and isinstance(now, date) and now < was else "departs"


def _length(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """A minimum may grow; an exact length may not change."""
    if was is None:
        return "added"
    if not isinstance(was, dict) or not isinstance(now, dict) or was.get("unit", "day") != now.get("unit", "day"):
        return "departs"
    if set(was) - {"unit"} != {"at_least"} or set(now) - {"unit"} != {"at_least"}:
        return "departs"
    return _bound("at_least", was["at_least"], now["at_least"], upper, merged)


def _keep(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """Fewer kept, counted the same way."""
    if was is None:
        return "added"
    if not isinstance(was, dict) or not isinstance(now, dict) or set(was) != set(now):
        return "departs"
    told = {_bound(key, was[key], now[key], upper, merged) for key in now if was[key] != now[key]}
    return "departs" if "departs" in told else "tightened" if told - {""} else ""


def _level(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """下级总工会 is a county's under a city and a city's under a province."""
    return "arranged"


def _default(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """The answer that a lower office proposes; it is answered before publishing all the same."""
    return "arranged"


def _proposed(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """A template is what people begin with: each level writes its own."""
    return "arranged"


def _more(was: Any, now: Any, laid: Laid, upper: Draft, merged: Draft) -> str:
    """All that the upper lists, and others beside it."""
    mine = now if isinstance(now, list) else []
    return "added" if all(one in mine for one in was or ()) else "departs"


def _day(window: Any, key: str) -> date:
    found = window.get(key) if isinstance(window, dict) else None
    return found if isinstance(found, date) else date.max if key == "from" else date.min


SPECIAL: Final[Mapping[tuple[str, str], Judge]] = {
    ("params", "value"): _value,
    ("questions", "default"): _default,
    ("*", "force"): _force,
    ("*", "required"): _required,
    ("*", "by"): _by,
    ("*", "to"): _by,
    ("roles", "any_of"): _members,
    ("roles", "level"): _level,
    ("*", "basis"): _members,
    ("codes", "items"): _grown,
    ("groups", "columns"): _grown,
    ("tables", "rows"): _rows,
    ("times", "window"): _window,
    ("times", "date"): _date,
    ("times", "length"): _length,
    ("stages", "keep"): _keep,
    ("cultivation", "template"): _proposed,
    ("cultivation", "mentors"): _more,
    ("cultivation", "powers"): _more,
}
