"""Packs put together from pieces: a small base, and what a case lays over it."""

import datetime as dt
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongjiang.catalogue.packs import catalogue
from gongjiang.rules.programmes.load import load
from gongjiang.rules.programmes.pack import Pack
from gongjiang.rules.programmes.problems import PackError, PackProblem
from gongjiang.rules.programmes.source import read

HERE = Path(__file__).parent
BASE = read((HERE / "base.yaml").read_text("utf-8"), "base.yaml").data

#: Sections whose items need a source; a snippet of the design has none, so the drafter's assumption is added.
SOURCED = ("params", "rules", "pools", "stages", "times", "attachments", "exceptions", "scoring", "benefits")


def compose(pieces: dict[str, Any], *, base: dict[str, Any] = BASE) -> dict[str, Any]:
    """The base with sections laid over it: items with the same id replaced, others added, stages before the notice.

    A section given as `{all: […]}` takes the place of the whole section.
    """
    found = {name: list(one) if isinstance(one, list) else dict(one) for name, one in base.items()}
    for name, piece in pieces.items():
        if isinstance(piece, dict) and set(piece) == {"all"} and isinstance(piece["all"], list):
            found[name] = piece["all"]
        elif isinstance(piece, list):
            found[name] = _laid(found.get(name, []), piece, name)
        elif isinstance(piece, dict):
            found[name] = {**found.get(name, {}), **piece}
        else:
            found[name] = piece
    for name in SOURCED:
        found[name] = [_sourced(one) for one in found.get(name, [])]
    return {name: one for name, one in found.items() if one}


def pack_text(data: dict[str, Any]) -> str:
    """The data as a pack file: one section a line, flow style."""
    return "".join(f"{name}: {flow(one)}\n" for name, one in data.items())


def flow(value: Any) -> str:
    """A value in flow style; JSON but for days and exact numbers."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(str(k), ensure_ascii=False)}: {flow(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(one) for one in value) + "]"
    if isinstance(value, dt.date | Decimal):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def made(pieces: dict[str, Any]) -> Pack:
    """The composed pack, checked. Raises PackError."""
    return load(pack_text(compose(pieces)), "made.yaml", catalogue())


def refused(pieces: dict[str, Any]) -> tuple[PackProblem, ...]:
    """The problems of a composed pack; none if it loads."""
    try:
        made(pieces)
    except PackError as error:
        return error.problems
    return ()


def _laid(under: list[Any], over: list[Any], name: str) -> list[Any]:
    ids = {one.get("id") for one in over if isinstance(one, dict)}
    here = {one.get("id") for one in under if isinstance(one, dict)}
    by_id = {one.get("id"): one for one in over if isinstance(one, dict)}
    kept = [by_id[one["id"]] if isinstance(one, dict) and one.get("id") in ids else one for one in under]
    new = [one for one in over if not isinstance(one, dict) or one.get("id") is None or one.get("id") not in here]
    at = next((n for n, one in enumerate(kept) if name == "stages" and one.get("type") == "publish"), len(kept))
    return [*kept[:at], *new, *kept[at:]]


def _sourced(one: Any) -> Any:
    if isinstance(one, dict) and not {"cite", "ask", "assumed"} & set(one):
        return {**one, "assumed": "虚构"}
    return one
