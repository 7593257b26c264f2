"""Addresses of figures over an edition."""

from django.urls import path

from gongjiang.web.reports import disparity, explanation

urlpatterns = [
    path("editions/<int:edition_id>/composition/", disparity.page, name="edition-disparity"),
    path("editions/<int:edition_id>/composition.xlsx", disparity.workbook, name="edition-disparity-workbook"),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/explain/<int:case_id>/", explanation.page, name="explanation"
    ),
]
