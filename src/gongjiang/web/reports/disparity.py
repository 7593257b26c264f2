"""Composition and ratios by stage, for those who oversee an edition."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from gongjiang.rules.scoring.disparity import LEAST
from gongjiang.services.reports.disparity import (
    count_text,
    disparity,
    disparity_workbook,
    ratio_texts,
    share_text,
)
from gongjiang.web.access import signed_in

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@signed_in
@require_safe
def page(request: HttpRequest, edition_id: int) -> HttpResponse:
    """Every figure of the pack: who stood on which list, and who came from one to the next."""
    found = disparity(request.actor, edition_id)
    splits = [
        {
            "label": split.label,
            "groups": split.groups,
            "lines": [
                {"stage": stage, "cells": [(one.group, count_text(one), share_text(one)) for one in cells]}
                for stage, cells in split.lines
            ],
            "steps": [
                {
                    "label": f"{step.before} → {step.after}",
                    "rows": [(one.group, *ratio_texts(one)) for one in step.groups],
                    "word": next((one.word for one in step.groups if one.word), ""),
                }
                for step in split.steps
            ],
            "telling": any(one.word for step in split.steps for one in step.groups),
        }
        for split in found.splits
    ]
    context = {
        "edition": found.programme.edition,
        "stages": found.stages,
        "splits": splits,
        "least": LEAST,
    }
    return render(request, "reports/disparity.html", context)


@signed_in
@require_safe
def workbook(request: HttpRequest, edition_id: int) -> HttpResponse:
    """The same as Excel."""
    found = disparity(request.actor, edition_id)
    answer = HttpResponse(disparity_workbook(found), content_type=XLSX)
    name = f"{found.programme.edition.title}构成与通过率.xlsx"
    answer["Content-Disposition"] = content_disposition_header(True, name) or ""
    return answer
