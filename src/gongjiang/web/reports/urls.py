"""Addresses of figures over an edition."""

from django.urls import path

from gongjiang.web.reports import disparity, explanation
from gongjiang.web.reports.periodic import desk, report
from gongjiang.web.reports.progress import board, lists

urlpatterns = [
    path("reports/", desk.index, name="reports"),
    path("reports/new/", desk.new, name="report-new"),
    path("reports/calls/<int:call_id>/", desk.call_page, name="report-call"),
    path("reports/calls/<int:call_id>/remind/", desk.remind, name="report-remind"),
    path("reports/calls/<int:call_id>/figures/<str:figure>/", report.behind_live, name="report-call-figure"),
    path("reports/<int:report_id>/", report.page, name="report"),
    path("reports/<int:report_id>/save/", report.save, name="report-save"),
    path("reports/<int:report_id>/figures/", report.figures, name="report-draw"),
    path("reports/<int:report_id>/figures/<str:figure>/", report.behind, name="report-figure"),
    path("reports/<int:report_id>/step/", report.step, name="report-step"),
    path("reports/<int:report_id>/report.docx", report.word, name="report-word"),
    path("reports/<int:report_id>/report.pdf", report.pdf, name="report-pdf"),
    path("progress/", board.page, name="progress"),
    path("progress/people/", lists.people_page, name="progress-people"),
    path("progress/activities/", lists.activities_page, name="progress-activities"),
    path("editions/<int:edition_id>/composition/", disparity.page, name="edition-disparity"),
    path("editions/<int:edition_id>/composition.xlsx", disparity.workbook, name="edition-disparity-workbook"),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/explain/<int:case_id>/", explanation.page, name="explanation"
    ),
]
