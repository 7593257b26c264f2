"""Write what a rehearsal made: lists, notices, forms of the chosen, timeline, troubles, summary."""

import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gongjiang.documents.layout import Sheet
from gongjiang.documents.notice import NameList, NoticeText, notice_html
from gongjiang.documents.pdf import render_pdf
from gongjiang.documents.xlsx import write_list
from gongjiang.kernel.dates import long_date
from gongjiang.models import Case, Honour, NamingDocument, Notice, StageRow
from gongjiang.rules.programmes.stage_types.moves import RowState
from gongjiang.services.nominations.printing import forms_of, sheet_of
from gongjiang.services.nominations.summary import export_summary
from gongjiang.services.people.sealing import opened
from gongjiang.services.rehearsal.handing import bundle, handed_over
from gongjiang.services.rehearsal.telling import funnel_lines, timeline, troubles_text
from gongjiang.services.rehearsal.world import World

STATES = {
    RowState.DONE: "列入",
    RowState.ALTERNATE: "备选",
    RowState.OUT: "未列入",
    RowState.RETAINED: "保留已得档次",
    RowState.STRUCK: "取消",
}
#: From so many forms on, several processes print them.
MANY = 60
LISTED = {"select", "panel", "check", "submit", "publish", "name"}


def write_all(world: World, summary: dict[str, Any], out: Path) -> list[str]:
    """Every file under `out`; returns their names. What stands there under the same name is replaced."""
    made: list[str] = []

    def put(name: str, content: bytes | str) -> None:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        made.append(name)

    for n, stage in enumerate(world.programme.stages, 1):
        if stage.type in LISTED and stage.id in world.stages:
            put(f"lists/{n:02d}-{stage.id}.xlsx", _list(world, stage.id, stage.shown))
    for form in world.programme.pack.forms:
        if form.list is not None:
            put(f"lists/{form.id}.xlsx", export_summary(world.programme, _on(world, form.list), form.id))
    for notice in Notice.objects.filter(process=world.programme.process).order_by("id"):
        put(f"notices/{notice.stage}-{notice.ordinal}.html", notice_html(_notice(notice)))
    for document in NamingDocument.objects.filter(process=world.programme.process).order_by("id"):
        put(f"notices/naming-{document.pk}.html", notice_html(_naming(document)))
    for name, content in (*_forms(world), *bundle(world)):
        put(name, content)
    put("timeline.md", timeline(world))
    put("troubles.md", troubles_text(world))
    put("funnel.txt", "\n".join(funnel_lines(summary)) + "\n")
    put("summary.json", json.dumps(summary, ensure_ascii=False, indent=1) + "\n")
    return made


def _on(world: World, stage: str) -> list[Case]:
    """Cases on a stage's list, unit by unit, in their order."""
    rows = StageRow.objects.filter(process=world.programme.process, stage=stage, state=RowState.DONE)
    found = (
        Case.objects.filter(pk__in=rows.values("case_id"))
        .select_related("nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
    )
    return list(found.order_by("nominator_id", "rank_in_unit", "pk"))


def _list(world: World, stage: str, label: str) -> bytes:
    rows = (
        StageRow.objects.filter(process=world.programme.process, stage=stage)
        .exclude(state__in=[RowState.WAITING, RowState.PASSED_BY])
        .select_related("case__nominator", "case__applying_unit")
        .order_by("case__award", "position", "case_id")
    )
    awards = {one.id: one.shown for one in world.programme.awards}
    tiers = {tier.id: tier.shown for one in world.programme.awards for tier in one.tiers}
    cells: list[tuple[str | int | None, ...]] = []
    for row in sorted(rows, key=lambda one: (_RANKS.get(RowState(one.state), 9), one.case.award)):
        case = row.case
        values = opened({key: case.values.get(key, "") for key in ("employer", "trade", "gender")}, _words(world))
        cells.append(
            (
                len(cells) + 1,
                case.title,
                str(values["gender"]),
                str(values["employer"] or case.applying_unit.name),
                str(values["trade"]),
                awards.get(case.award, case.award),
                tiers.get(case.standing, ""),
                case.nominator.short_name,
                row.position,
                _points(row.scores),
                STATES.get(RowState(row.state), "在办"),
                case.number,
            )
        )
    return write_list(f"{world.edition.title}：{label}名单", _COLUMNS, cells)


_COLUMNS = ("序号", "姓名", "性别", "工作单位", "工种", "奖项", "档次", "推荐单位", "名次", "得分", "结果", "编号")
_RANKS = {RowState.DONE: 0, RowState.OPEN: 1, RowState.ALTERNATE: 2, RowState.STRUCK: 3, RowState.OUT: 4}


def _points(scores: dict[str, list[str]] | None) -> str:
    """The whole tree's points, the first node of the panel's own."""
    if not scores:
        return ""
    low = next(iter(scores.values()))[0]
    over, _, under = low.partition("/")
    return f"{int(over) / int(under or 1):.2f}".rstrip("0").rstrip(".")


def _words(world: World) -> Any:
    return world.programme.pack.vocabulary


def _notice(notice: Notice) -> NoticeText:
    """The public page's words: exactly the fields that the notice shows."""
    columns = tuple(one["label"] for one in notice.shows)
    keys = [one["id"] for one in notice.shows]
    sections: dict[str, list[tuple[str, ...]]] = {}
    for entry in notice.entries.order_by("position", "id"):
        sections.setdefault(entry.section, []).append(tuple(entry.shown.get(key, "") for key in keys))
    lists = tuple(NameList(columns, tuple(rows), heading) for heading, rows in sections.items())
    return NoticeText(
        notice.title,
        tuple(notice.body.splitlines()),
        lists,
        (notice.issuer,),
        long_date(notice.first_day),
        contact=tuple((str(key), str(value)) for key, value in notice.contact.items()),
    )


def _naming(document: NamingDocument) -> NoticeText:
    honours = Honour.objects.filter(document=document).order_by("title", "id")
    lists: dict[str, list[tuple[str, ...]]] = {}
    for one in honours:
        employer = one.shown.get("employer", {}).get("text", "")
        lists.setdefault(one.title, []).append((one.name, employer))
    names = tuple(NameList(("姓名", "工作单位"), tuple(rows), title) for title, rows in lists.items())
    said = f"经公示无异议，现决定授予以下{honours.count()}名（个）对象相应称号。（试运行样稿）"
    return NoticeText(
        document.title, (said,), names, tuple(document.issuers), long_date(document.issued_on), number=document.number
    )


def _forms(world: World) -> Iterator[tuple[str, bytes]]:
    """The printed forms of everybody who was named or handed over; many are printed by all processors at once."""
    names, sheets = [], []
    for name, sheet in _sheets(world):
        names.append(name)
        sheets.append(sheet)
    if len(sheets) < MANY:
        yield from zip(names, map(render_pdf, sheets), strict=True)
        return
    with ProcessPoolExecutor(mp_context=get_context("forkserver")) as printers:
        yield from zip(names, printers.map(render_pdf, sheets, chunksize=16), strict=True)


def _sheets(world: World) -> Iterator[tuple[str, Sheet]]:
    """Forms as sheets, by the name of their file."""
    named = Honour.objects.filter(edition=world.edition, case__isnull=False).order_by("case_id").values("case_id")
    cases = (
        Case.objects.filter(pk__in=named)
        .select_related("process__edition__pack", "nominator", "applying_unit", "subject")
        .prefetch_related("parties__organisation")
        .order_by("pk")
    )
    for case in [*cases, *handed_over(world)]:
        for form in forms_of(world.programme, case):
            yield f"forms/{case.number}-{case.title}-{form.id}.pdf", sheet_of(world.programme, case, form.id)
