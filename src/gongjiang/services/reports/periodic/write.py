"""What the unit writes, section by section."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.errors import BadInput
from gongjiang.kernel.text import clean, count_text
from gongjiang.models import PeriodicReport
from gongjiang.rules.reports.moves import OPEN
from gongjiang.rules.reports.template import read_template
from gongjiang.services.audit.append import append
from gongjiang.services.reports.periodic.scope import get_report, need
from gongjiang.services.reports.periodic.versions import swap


@transaction.atomic
def write(
    *, actor: Actor, at: datetime, report_id: int, version: int, texts: Mapping[str, str]
) -> tuple[PeriodicReport, dict[str, str]]:
    """Keep the sections that are given; those too long are kept back and told: {section: sentence}."""
    report = get_report(actor, report_id)
    need(actor, report.unit, ("officer", "approver"))
    kept, errors = dict(report.texts), {}
    for one in read_template(report.call.template).sections:
        if one.id not in texts:
            continue
        text = clean(texts[one.id]).strip()
        if count_text(text) > one.limit:
            errors[one.id] = f"最多 {one.limit} 字，现有 {count_text(text)} 字。"
        else:
            kept[one.id] = text
    if kept == report.texts and report.state in OPEN and report.version == version:
        return report, errors
    swap(report, OPEN, version, {"texts": kept})
    append(
        actor=actor, at=at, action="report.write", kind="report", key=report.pk, edition_id=report.call.edition_id,
        data={"sections": sorted(key for key in kept if key in texts), "version": report.version},
    )  # fmt: skip
    return report, errors


def lacking(report: PeriodicReport) -> list[str]:
    """What is missing before it can be sent for review, in sentences."""
    found = [] if report.drawn_on is not None else ["还没有取数，请先点“取数”"]
    for one in read_template(report.call.template).sections:
        if one.must and not str(report.texts.get(one.id, "")).strip():
            found.append(f"“{one.label}”还没有写")
    return found


def require_whole(report: PeriodicReport) -> None:
    """BadInput with everything that is missing."""
    missing = lacking(report)
    if missing:
        raise BadInput("；".join(missing) + "。", "Something is missing.", place="报告")
