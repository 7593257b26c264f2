"""Addresses of experts' pages and of a panel's administration."""

from django.urls import path

from gongjiang.web.scoring import blind, copies, desk, judging, panel, pool, printing, reliability

urlpatterns = [
    path("judging/", judging.seats, name="judging"),
    path("judging/panels/<int:expert_id>/", judging.queue_page, name="judging-queue"),
    path("judging/panels/<int:expert_id>/declare/", judging.declaration, name="judging-declare"),
    path("judging/panels/<int:expert_id>/decline/", pool.decline_page, name="judging-decline"),
    path("judging/panels/<int:expert_id>/submit/", judging.submit_all, name="judging-submit"),
    path("judging/<int:assignment_id>/", desk.sheet_page, name="judging-sheet"),
    path("judging/<int:assignment_id>/save/", desk.autosave, name="judging-save"),
    path("judging/<int:assignment_id>/aside/", desk.aside, name="judging-aside"),
    path("judging/<int:assignment_id>/print/", printing.print_sheet, name="judging-print"),
    path("judging/<int:assignment_id>/copies/<int:copy_id>/<int:number>.jpg", copies.page, name="judging-copy"),
    path("judging/<int:assignment_id>/copies/<int:copy_id>/film/", copies.film, name="judging-film"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/panel/blind/", blind.page, name="panel-blind"),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/panel/blind/<int:case_id>/",
        blind.case,
        name="panel-blind-case",
    ),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/panel/blind/copies/<int:copy_id>/<int:number>.jpg",
        blind.picture,
        name="panel-blind-page",
    ),
    path("editions/<int:edition_id>/stages/<str:stage_id>/panel/", panel.page, name="panel-admin"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/panel/experts/", pool.page, name="panel-experts"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/panel/act/", panel.act, name="panel-act"),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/panel/draws/<int:draw_id>/",
        panel.replay,
        name="panel-replay",
    ),
    path(
        "editions/<int:edition_id>/stages/<str:stage_id>/panel/reliability/", reliability.page, name="panel-reliability"
    ),
]
