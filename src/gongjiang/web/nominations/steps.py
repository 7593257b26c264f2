"""Beside the form: its steps with how complete each is, and the rules with what each says now."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from gongjiang.kernel.spans import years_text
from gongjiang.rules.nominations.form_plan_parts import Choice, FilesAsked, Section, Statement
from gongjiang.rules.nominations.paths import answer_at
from gongjiang.rules.programmes.explain import RuleOutcome, wanting
from gongjiang.rules.programmes.values import is_blank
from gongjiang.services.nominations.form import FormPage
from gongjiang.services.nominations.material import lacks_of, needed_of

MARKS = {"pass": "met", "fail": "unmet", "unknown": "missing", "na": "not_applicable"}
_YEARS = re.compile(r"(\d+\.\d{3,})年")
ORDER = ("unmet", "missing", "justified", "exception", "judge", "met", "not_applicable")


def address(page: FormPage, section: str, part: str = "") -> str:
    """A step of this form, at a question if one is named."""
    found = reverse("nominations-form", args=[page.case.pk, section])
    return f"{found}#f-{part}" if part else found


def steps(page: FormPage, here: str) -> list[dict[str, Any]]:
    """Items of {% steps %}."""
    short = {one.asked.attachment.id for one in lacks_of(page)}
    found = []
    for section in page.plan.sections:
        done, note, warn = _state(page, section, short)
        url = address(page, section.id)
        item = {"label": section.label, "url": url, "done": done, "note": note, "warn": warn}
        found.append(item | {"current": section.id == here})
    return found


def _state(page: FormPage, section: Section, short: set[str]) -> tuple[bool, str, bool]:
    """Is the step complete; its figure; is something on it wrong?"""
    mine = [one for one in page.problems if one.section == section.id and not one.remark]
    wrong = [one for one in mine if not one.blank]
    if wrong:
        return False, f"{len(wrong)} 处要改", True
    files = [
        one
        for one in section.parts
        if isinstance(one, FilesAsked)
        and needed_of(one)
        and page.shown(one.when)
        and not (page.handing_in and one.attachment.at)
    ]
    asked = [one for one in section.questions if one.required and page.shown(one.when)]
    tables = [one for one in section.tables if one.least and page.shown(one.when)]
    statements = [one for one in section.parts if isinstance(one, Statement)]
    if section.later and page.handing_in:
        some = any(not is_blank(answer_at(page.values, one.path)) for one in section.questions)
        return False, "已填" if some else "提交后填", False
    total = len(files) + len(asked) + len(tables) + len(statements)
    blank = sum(one.blank for one in mine) + sum(one.attachment.id in short for one in files)
    if total:
        return not blank, f"{total - blank}/{total}", False
    choices = [one for one in section.parts if isinstance(one, Choice)]
    if choices:
        picked = sum(chosen(page.values, one) for one in choices)
        return picked > 0, f"已选 {picked}" if picked else "未选", False
    filled = any(not is_blank(answer_at(page.values, one.path)) for one in (*section.questions, *section.tables))
    return filled, "" if section.id == "confirm" else "已填" if filled else "选填", False


def chosen(values: Mapping[str, Any], choice: Choice) -> bool:
    """Was anything said under this condition?"""
    return any(answer_at(values, one.path) not in (None, "", [], {}, "no") for one in choice.parts)


def rules(page: FormPage) -> list[dict[str, Any]]:
    """Rows of {% rules %}: what must be mended first, then what is met, then what is only preferred."""
    rows = [_rule(page, one) for one in page.outcomes if one.force != "none"]
    rows += [
        {
            "title": f"{one.label}填写有误",
            "outcome": "unmet",
            "sentence": one.text,
            "clause": _clauses(one.clause),
            "link": address(page, one.section, one.path),
        }
        for one in page.problems
        if not one.blank and not one.remark
    ]
    rows += [
        {
            "title": "请再核对",
            "outcome": "missing",
            "label": "核对",
            "sentence": one.text,
            "link": address(page, one.section),
        }
        for one in page.problems
        if one.remark
    ]
    return sorted(rows, key=lambda row: (row.get("force") in {"prefer", "guide"}, ORDER.index(str(row["outcome"]))))


def tally(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """How many of each outcome, in the order of importance; preferences are not counted."""
    counts = Counter(str(row["outcome"]) for row in rows if row.get("force") not in {"prefer", "guide"})
    return {name: counts[name] for name in ORDER if counts[name]}


def grouped(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """`must`: what decides now; `rest`: what is only preferred and what is not for this case, folded away."""
    preferred = [row for row in rows if row.get("force") in {"prefer", "guide"}]
    outside = [row for row in rows if row not in preferred and row["outcome"] == "not_applicable"]
    rest = [{"label": "同等条件下优先、注重", "rows": preferred}, {"label": "不适用", "rows": outside}]
    must = [row for row in rows if row not in preferred and row not in outside]
    return {"must": must, "rest": [one for one in rest if one["rows"]]}


def _rule(page: FormPage, one: RuleOutcome) -> dict[str, Any]:
    mark, label = MARKS[one.outcome], ""
    if one.outcome == "unknown" and one.missing and len(one.waiting_for) == len(one.missing):
        mark = "judge"
    if one.overlay:
        mark = "justified" if one.overlay == "reasoned" else "exception"
    if one.force in {"prefer", "guide"}:
        mark = "met" if mark == "met" else "not_applicable"
        label = "具备" if mark == "met" else "不具备" if one.outcome == "fail" else "未填"
    given = page.case.reasoned.get(one.rule)
    asks = one.force == "soft" and one.outcome == "fail" and not one.overlay
    if asks:
        mark, label = "missing", "待认可" if given else "待说明"
    link = _where(page, one) if one.outcome in {"fail", "unknown"} and mark in {"unmet", "missing"} else ""
    said = _sentence(one, mark)
    return {
        "rule": one.rule,
        "title": one.name,
        "outcome": mark,
        "label": label,
        "sentence": f"{said}。" if link and said else said,
        "clause": _clauses("、".join(one.clauses)),
        "force": one.force if one.force != "hard" else "",
        "link": link,
        "link_label": "去填写" if one.outcome == "unknown" else "去修改",
        "asks": asks and page.editable,
        "reason": str((given or {}).get("reason", "")),
    }


def _sentence(one: RuleOutcome, mark: str) -> str:
    if one.outcome == "na":
        return ""
    if one.outcome == "unknown":
        return wanting(one.missing) or one.details.needed
    detail = one.details
    needed = detail.subject + detail.needed if mark != "met" else ""
    return in_months("；".join(part for part in (needed, detail.actual) if part))


def in_months(text: str) -> str:
    """Years that don't come out even, as people say them: 22.333333年 → 22年4个月."""
    return _YEARS.sub(lambda found: years_text(round(float(found[1]) * 12)), text)


def _where(page: FormPage, one: RuleOutcome) -> str:
    """The step on which what is missing can be said; '' when others say it."""
    for gap in one.missing:
        if gap.kind == "document":
            return address(page, "material", gap.key)
        section = page.plan.home(gap.key) or page.plan.home(gap.key.partition(".")[0])
        if section is not None:
            return address(page, section.id, gap.key)
    ready = next((rule for rule in page.programme.pack.ready_rules if rule.id == one.rule), None)
    for read in sorted(ready.reads()) if ready is not None else ():
        section = page.plan.home(read.key) or page.plan.home(read.key.partition(".")[0])
        if section is not None:
            return address(page, section.id, read.key)
    return ""


def _clauses(clause: str) -> str:
    return f"通知 {clause.replace('、', '　')}" if clause else ""
