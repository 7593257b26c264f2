"""The whole of `gongjiang rehearse`: run, sum up, write, and tell in a few lines."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import connection

from gongjiang.catalogue.packs import PackText
from gongjiang.services.rehearsal.run import rehearse
from gongjiang.services.rehearsal.summary import summarise
from gongjiang.services.rehearsal.telling import funnel_lines
from gongjiang.services.rehearsal.writing import write_all


def rehearse_into(
    source: PackText,
    out: Path,
    *,
    seed: int = 1,
    nominees: int | None = None,
    pairs: list[str] | None = None,
    start: date | None = None,
    watch: Callable[[], float],
    tell: Callable[[str], None] | None = None,
) -> str:
    """Rehearse in the (empty) database at hand and write everything under `out`; returns what to print.

    `watch`: a stopwatch in seconds; what it told before the first call counts too if it began there.
    """
    begun = watch()
    world = rehearse(source, seed=seed, nominees=nominees, pairs=pairs, start=start, tell=tell)
    summary: dict[str, Any] = summarise(world, seed=seed)
    summary["troubles"] = [one.line for one in world.troubles.found]
    summary["seconds"] = round(watch() - begun, 1)
    made = write_all(world, summary, out)
    connection.close()
    lines = [f"{summary['title']}（{summary['pack']} {summary['version']}，种子 {seed}）", ""]
    lines += funnel_lines(summary)
    if summary["troubles"]:
        lines += ["", f"发现 {len(summary['troubles'])} 个问题："]
        lines += [f"  · {one}" for one in summary["troubles"]]
    lines += ["", f"{len(made)} 个文件写在 {out}/ ，用时 {summary['seconds']} 秒。"]
    return "\n".join(lines)
