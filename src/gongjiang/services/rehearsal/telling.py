"""What happened, in words: the funnel as a table, the timeline, the troubles."""

import unicodedata
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from gongjiang.kernel.dates import long_date
from gongjiang.models import Extension, Notice
from gongjiang.services.rehearsal.world import World

KINDS = {
    "rule": "条件",
    "dates": "日期",
    "ratio": "人数与比例",
    "quota": "名额",
    "answer": "尚未答复",
    "calendar": "工作日历",
    "objection": "异议与递补",
    "run": "办理",
}
TYPES = {
    "apply": "申报",
    "check": "审核",
    "opinion": "征求意见",
    "panel": "评审",
    "select": "审定",
    "submit": "上报",
    "publish": "公示",
    "name": "命名",
}


def funnel_lines(summary: dict[str, Any]) -> list[str]:
    """The funnel as a table for a terminal."""
    dates = summary["dates"]
    rows = [("环节", "类型", "进入", "列入", "日期")]
    for one in summary["stages"]:
        when = dates.get(one["id"], {})
        begun, ended = when.get("begun") or "", when.get("ended") or ""
        span = begun if begun == ended else f"{begun} 至 {ended}"
        rows.append((one["label"], TYPES.get(one["type"], one["type"]), str(one["in"]), str(one["out"]), span))
    named = "，".join(f"{title} {number}" for title, number in summary["tiers"].items())
    if summary["handed_over"]:
        return [*_table(rows), f"上报 {summary['handed_over']} 人，本届到此办结，材料在 hand-over/"]
    return [*_table(rows), f"命名 {summary['named']}：{named}", *(_follow(one) for one in summary["processes"])]


def _follow(one: dict[str, Any]) -> str:
    """A process that was tried after the naming, in one line."""
    tiers = "，".join(f"{label} {number}" for label, number in one["tiers"].items()) or "没有办结"
    followed = f"；{'，'.join(one['followed'])}" if one["followed"] else ""
    return f"之后 {one['label']}（{one['begun']}，试 {one['people']} 件）：{tiers}{followed}"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(_width(row[n]) for row in rows) for n in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = [
            " " * (width - _width(cell)) + cell if n in (2, 3) else cell + " " * (width - _width(cell))
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def timeline(world: World) -> str:
    """When each stage acted, with what the notice says of it."""
    lines = [f"# {world.edition.title}：试运行时间表", ""]
    lines += ["| 环节 | 通知规定 | 试运行 | 进入 | 列入 |", "|---|---|---|---:|---:|"]
    for one in world.stages.values():
        stage = world.programme.stage(one.id)
        when = f"{_said(world.window(stage))} | {_span(one.begun, one.ended)}"
        lines.append(f"| {one.label} | {when} | {one.entered} | {one.out} |")
    for notice in Notice.objects.filter(process=world.programme.process).order_by("id"):
        published = long_date(timezone.localtime(notice.published_at).date())
        days = "、".join(notice.days)
        lines += ["", f"**{notice.title}**：{published}发布，计入的日子 {days}，到{long_date(notice.last_day)}满。"]
    extensions = Extension.objects.filter(edition=world.edition).order_by("id")
    for one_extension in extensions:
        until = timezone.localtime(one_extension.until).date()
        lines += ["", f"延期：{one_extension.time} 延至{long_date(until)} 0:00（{one_extension.reason}）。"]
    return "\n".join(lines) + "\n"


def _said(window: Any) -> str:
    opens = long_date(timezone.localtime(window.opens).date()) if window.opens is not None else ""
    last = long_date(window.last_day) if window.last_day is not None else ""
    if not opens and not last:
        return "未规定"
    return f"{opens or '…'}至{last or '…'}"


def _span(begun: Any, ended: Any) -> str:
    first = timezone.localtime(begun).date() if begun else None
    last = timezone.localtime(ended).date() if ended else first
    if first is None or last is None:
        return ""
    return long_date(first) if first == last else f"{long_date(first)}至{long_date(last)}"


def troubles_text(world: World) -> str:
    """Troubles by kind; a sentence of relief where there are none."""
    lines = [f"# {world.edition.title}：试运行发现的问题", ""]
    if not world.troubles.found:
        lines.append("没有发现问题。")
    for kind, label in KINDS.items():
        mine = [one for one in world.troubles.found if one.kind == kind]
        if mine:
            lines += [f"## {label}", "", *(f"- {one.line}" for one in mine), ""]
    refused = [(one.label, text) for one in world.stages.values() for text in one.refused]
    if refused:
        lines += ["## 被拒绝的步骤（按规则应当如此）", "", *(f"- {label}：{text}" for label, text in refused), ""]
    return "\n".join(lines).rstrip() + "\n"
