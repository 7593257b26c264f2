"""The nominee page, from the dossier to what its templates show."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from gongjiang.rules.programmes.stage_types.moves import CaseState
from gongjiang.services.evidence.declassify import secrecy_of
from gongjiang.services.evidence.detail import hints_of
from gongjiang.services.formality.dossier import Act, Dossier
from gongjiang.services.formality.reading import Line, Part
from gongjiang.services.formality.way import Step
from gongjiang.services.nominations.since import Changed
from gongjiang.services.opinions.boxes import Box
from gongjiang.services.programmes.clauses import rubrics
from gongjiang.web.formality.present import (
    CASE_STATES,
    OUTSIDE,
    OUTSIDE_ENDED,
    answer_text,
    link,
    rule_of,
    rules_of,
)

#: Words that are written most often, at hand under the field they go into.
PHRASES = {
    "done": ("材料齐全，条件符合。", "证书原件已核对退回。", "情况属实，同意上报。"),
    "return": (
        "缺盖章页，请补盖后重新提交。",
        "年限证明不足，请补充劳动合同或社保记录。",
        "照片不合要求，请换白底正面免冠照。",
    ),
    "reject": ("工作年限达不到通知要求。", "所列荣誉未能核实。"),
    "opinion": ("情况属实，同意推荐。", "未发现违纪违法情形，同意推荐。", "同意推荐。"),
}
VERDICTS = ("同意", "不同意")
#: Pages of a PDF shown at once; the rest in the viewer of its own.
PAGES = 12
ICONS = {"pdf": "doc", "docx": "doc", "jpg": "image", "png": "image", "mp4": "video"}
NAMES = {"pdf": "PDF", "docx": "Word", "jpg": "图片", "png": "图片", "mp4": "视频", "xlsx": "Excel"}


def state_of(found: Dossier) -> dict[str, Any]:
    """Who this is and where it stands, for the head of the page."""
    case, values = found.case, found.short
    state = CaseState(case.state)
    now = [one.id for one in found.programme.stages if (row := found.rows.get(one.id)) and row.state == "open"]
    kind = found.programme.stage(now[0]).type if now else ""
    outside = OUTSIDE_ENDED.get(state) or ("待补正" if state == CaseState.RETURNED else OUTSIDE.get(kind, "评审中"))
    rank = f"，第 {case.rank_in_unit} 位" if case.rank_in_unit else ""
    sex = "，".join(one for one in (values.get("gender"), values.get("birth")) if one)
    trade = "，".join(one for one in (values.get("trade"), values.get("skill_level")) if one)
    hero = [
        sex,
        trade,
        values.get("employer") or case.applying_unit.name,
        f"{case.nominator.name}推荐{rank}",
        case.route,
        f"编号 {case.number}",
    ]
    number = values.get("id_number")
    return {
        "state": CASE_STATES[state],
        "outside": outside if state in {CaseState.RUNNING, CaseState.RETURNED} or state in OUTSIDE_ENDED else "",
        "hero": [one for one in hero if one] + ([f"身份证 {number}"] if number else []),
        "photo": next((link("evidence-page", one.pk, 1) for one in found.files if one.attachment in found.photos), ""),
    }


def parts_of(found: Dossier) -> list[dict[str, Any]]:
    """The form part by part; labels that are questions stand apart from words."""
    return [
        {
            "id": "form" if n == 0 else f"part-{n}",
            "title": one.title,
            "facts": _facts(one),
            "asked": [line for line in one.lines if line.asks and line.label != one.title],
            "texts": [Line("", line.value) for line in one.lines if line.label == one.title] + one.texts,
            "tables": one.tables,
        }
        for n, one in enumerate(found.parts)
    ]


def _facts(part: Part) -> list[dict[str, Any]]:
    """Pairs side by side; what is long, and what has no neighbour, takes the whole line."""
    lines = [one for one in part.lines if not one.asks and one.label != part.title]
    rows: list[dict[str, Any]] = []
    waiting: dict[str, Any] | None = None
    for one in lines:
        made = {"label": one.label, "value": one.value, "wide": len(one.value) > 9}
        if made["wide"] or waiting is not None:
            rows += [made] if waiting is None else [waiting, made] if not made["wide"] else [waiting | _WIDE, made]
            waiting = None
        else:
            waiting = made
    return rows if waiting is None else [*rows, waiting | _WIDE]


_WIDE = {"wide": True}


def rules_shown(found: Dossier) -> dict[str, Any]:
    """Rules worst first, each soft one that is broken with its reason; preferences apart; how many of each."""
    must, shown = rules_of(found.outcomes)
    broken = {one.rule for one in found.outcomes if one.force == "soft" and one.outcome == "fail"}
    for row in must:
        row["ask"] = row["id"] in broken
        given = found.case.reasoned.get(row["id"], {})
        row["reason"] = str(given.get("reason", ""))
        row["reason_by"] = found.writers.get(given.get("by"), "")
        row["accepted_by"] = found.writers.get(given.get("accepted_by"), "")
        row["field_id"] = f"reason-{row['id']}"
        if row["ask"] and row["outcome"] == "unmet" and row["reason"]:
            row["outcome"], row["label"] = "missing", "待认可"
    tallied: dict[str, int] = {}
    for one in found.outcomes:
        if one.force in {"hard", "soft"}:
            key = rule_of(one)["outcome"]
            tallied[key] = tallied.get(key, 0) + 1
    return {"must": must, "shown": shown, "tallied": tallied}


def files_shown(found: Dossier, chosen: str) -> dict[str, Any]:
    """The list of files with what each is hung on, and the one that is looked at."""
    labels = {one.id: one.shown for one in found.programme.pack.attachments}
    ordered = sorted(found.files, key=lambda one: one.attachment in found.photos)
    inside = found.may_reason or found.may_accept
    hints = hints_of(found.programme, found.case, found.files) if inside else {}
    files = [_file(found, one, n, labels) | {"hints": hints.get(one.pk, ())} for n, one in enumerate(ordered, 1)]
    shown = next((one for one in files if str(one["file"].pk) == chosen), files[0] if files else None)
    if shown is not None:
        shown["current"] = True
    secrecy = secrecy_of(found.programme, found.case) if inside else None
    return {"files": files, "file": shown, "secrecy": secrecy}


def _file(found: Dossier, row: Any, number: int, labels: Mapping[str, str]) -> dict[str, Any]:
    size = f"{row.pages} 页" if row.pages else _minutes(row.seconds) if row.seconds else f"{row.size // 1024 or 1} KB"
    pages = range(1, min(row.pages or 0, PAGES) + 1) if row.kind == "pdf" else [1] if row.kind in {"jpg", "png"} else []
    hung = found.indicators.get(row.indicator, "")
    title = row.title or row.name
    marks = ("原件已核" if row.original_at else "", "未盖章" if row.stamped == "no" else "")
    said = (NAMES.get(row.kind, ""), size, *marks)
    return {
        "file": row,
        "number": number,
        "title": title,
        "heading": f"{number}　{title}",
        "note": "　".join(one for one in (labels.get(row.attachment, ""), hung, *said) if one),
        "size": f"共 {row.pages} 页" if row.pages else size,
        "icon": ICONS.get(row.kind, "doc"),
        "link": f"?file={row.pk}#files",
        "url": link("evidence-file", row.pk),
        "view": link("evidence-view", row.pk),
        "pages": [link("evidence-page", row.pk, n) for n in pages],
        "small": link("evidence-page", row.pk, 0) if row.previews else "",
        "more": row.kind == "pdf" and (row.pages or 0) > PAGES,
        "film": link("evidence-inline", row.pk) if row.kind == "mp4" else "",
        "current": False,
    }


def _minutes(seconds: int) -> str:
    return f"{seconds // 60} 分 {seconds % 60:02d} 秒" if seconds >= 60 else f"{seconds} 秒"


def opinions_shown(found: Dossier, typed: Mapping[str, Any], problem: str) -> dict[str, Any]:
    """Boxes of the steps reached; later ones only named. Own boxes alone go into the bar at the foot."""
    reached = [one for one in found.boxes if one.stage in found.rows or one.may_give]
    later = [one for one in found.boxes if one not in reached]
    agreed = sum(one.verdict == "同意" for one in reached)
    rows = [_box(one, typed, problem) | {"changed": _changed(found, one)} for one in reached]
    signing = [one for one in rows if one["may_give"] and not one["for_others"] and not one["verdict"]]
    if not found.acts and len(signing) <= 3:
        for one in signing:
            one["may_give"] = False  # it stands in the bar
            one["kind"] = "primary" if one is signing[0] and not found.editable else ""
            one["opener"] = f"签署{one['asked'].label}"
    else:
        signing = []
    return {"boxes": rows, "later": later, "agreed": f"{agreed} / {len(rows)} 同意", "signing": signing}


def _changed(found: Dossier, box: Box) -> Changed | None:
    at = None if box.given is None else box.given.given_at
    return None if at is None else found.changed.get(at)


def _box(box: Box, typed: Mapping[str, Any], problem: str) -> dict[str, Any]:
    mine = typed.get("sheet") == box.asked.sheet and typed.get("party") == box.asked.party
    return {
        "asked": box.asked,
        "given": box.given,
        "verdict": box.verdict,
        "organisation": box.organisation,
        "may_give": box.may_give,
        "for_others": box.for_others,
        "sub": f"代{box.organisation or '该单位'}录入盖章件上的意见" if box.for_others else box.organisation,
        "opener": "更改…" if box.verdict else "代录…" if box.for_others else "签署…",
        "kind": "",
        "verdict_id": f"{box.asked.key}-verdict",
        "text_id": f"{box.asked.key}-text",
        "typed": typed.get("text", "") if mine else (box.given.text if box.given is not None else ""),
        "chosen": typed.get("verdict", "") if mine else box.verdict,
        "error": problem if mine else "",
    }


def questions_shown(found: Dossier) -> dict[str, Any]:
    """What this person may judge now or somebody still has to; then what is settled."""
    texts = rubrics(found.programme.pack)
    rows = [
        {
            "q": one,
            "texts": texts.get(one.spec.id, ()),
            "answer": answer_text(one),
            "who": "由" + "、".join(found.programme.role_label(role) for role in one.spec.by) + "认定",
            "basis_name": f"basis-{one.spec.id}",
            "options": tuple(one.spec.takes.options.items()),
        }
        for one in found.questions
    ]
    asked = [one for one in rows if one["q"].may]
    settled = [one for one in rows if not one["q"].may and one["answer"]]
    return {"asked": asked, "settled": settled}


def acts_of(found: Dossier, typed: Mapping[str, Any], problem: str, after: bool, request: str) -> dict[str, Any]:
    """The decision bar: negative steps first, the one dark (or red, where it files upward) button last."""
    items = [_act(found, one, typed, problem, after, f"{request}-{one.key}") for one in found.acts]
    main = next((one for one in reversed(items) if not one["move"].reason), None)
    if main is not None:
        main["main"] = True
    for one in items:
        if one is not main and one["kind"] == "primary":
            one["kind"] = ""
    ticked = typed.getlist("point") if hasattr(typed, "getlist") else ()
    checklist = [
        {"text": one.text, "ticked": bool(one.ok) or one.text in ticked, "by": one.by} for one in found.checklist
    ]
    items.sort(key=lambda one: (not one["move"].reason, one["kind"] != "negative", one["main"]))
    return {"acts": items, "main": main, "checklist": checklist}


def _act(found: Dossier, act: Act, typed: Mapping[str, Any], problem: str, after: bool, request: str) -> dict[str, Any]:
    action = act.move.action
    mine = typed.get("stage") == act.stage.id and typed.get("action") == action
    kind = "negative" if action == "reject" else "" if act.move.reason else "primary"
    label = act.move.label
    return {
        "stage": act.stage,
        "move": act.move,
        "key": act.key,
        "main": False,
        "title": f"{label}：{act.who}",
        "opener": f"{label}…",
        "kind": "official" if action == "report" else kind,
        "icon": {"return": "back", "report": "send"}.get(action, "" if act.move.reason else "check"),
        "full_label": f"{act.stage.shown}：{label}" + ("，看下一件" if after else ""),
        "back_to": act.back_to,
        "chosen": typed.get("back_to", "") if mine else (act.back_to[0][0] if act.back_to else ""),
        "mend": act.stage.checklist if action == "return" else (),
        "asks": "要补正什么、为什么" if action == "return" else "理由",
        "typed": typed.get("reason", "") if mine else "",
        "error": problem if mine and act.move.reason else "",
        "phrases": PHRASES.get(action, ()),
        "back_id": f"{act.key}-to",
        "mend_id": f"{act.key}-mend",
        "reason_id": f"{act.key}-why",
        "request": request,
    }


def timeline_of(steps: tuple[Step, ...]) -> list[dict[str, Any]]:
    """Steps as the component shows them; of a long way the last twelve that happened."""
    past = [one for one in steps if one.kind in {"done", "back"}]
    early = len(past) - 12
    items = [{"title": f"更早的 {early} 步", "state": "done"}] if early > 0 else []
    for one in (*past[max(early, 0) :], *(one for one in steps if one.kind in {"now", "next"})):
        note = "，".join(text for text in (one.by, one.note) if text)
        items.append({"title": one.title, "when": one.due or _day(one.at), "note": note, "state": one.kind})
    return items


def _day(at: datetime | None) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local.month}月{local.day}日"
