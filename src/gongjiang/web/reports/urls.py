"""Addresses of figures over an edition."""

from django.urls import path

from gongjiang.web.reports import disparity, explanation
from gongjiang.web.reports.progress import board, lists

urlpatterns = [
    path("progress/", board.page, name="progress"),
    path("progress/people/", lists.people_page, name="progress-people"),
    path("progress/activities/", lists.activities_page, name="progress-activities"),
    path("editions/<int:edition_id>/composition/", disparity.page, name="edition-disparity"),
    path("editions/<int:edition_id>/composition.xlsx", disparity.workbook, name="edition-disparity-workbook"),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/explain/<int:case_id>/", explanation.page, name="explanation"
    ),
]
