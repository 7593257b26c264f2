"""Addresses of lists, queues and nominee pages."""

from django.urls import path

from gongjiang.web.formality import acts, duties, listing, sending, sheets, signing, views

urlpatterns = [
    path("nominations/", listing.mine, name="nominations-list"),
    path("nominations/filed.xlsx", sheets.mine, name="nominations-sheet"),
    path("editions/<int:edition_id>/nominees/", listing.of_edition, name="nominees-all"),
    path("editions/<int:edition_id>/nominees.xlsx", sheets.of_edition, name="nominees-sheet"),
    path("editions/<int:edition_id>/queue/<str:stage_id>/", views.queue_page, name="nominees-queue"),
    path("editions/<int:edition_id>/queue/<str:stage_id>/sign/", signing.sign_many, name="nominees-sign"),
    path("editions/<int:edition_id>/send/<str:stage_id>/", sending.page, name="nominees-send"),
    path("editions/<int:edition_id>/send/<str:stage_id>/bundle/", sending.bundle, name="nominees-bundle"),
    path("nominees/<int:case_id>/", views.nominee, name="nominee"),
    path("nominees/<int:case_id>/move/", acts.move_case, name="nominee-move"),
    path("nominees/<int:case_id>/judge/", acts.judge, name="nominee-judge"),
    path("nominees/<int:case_id>/opinion/", acts.opinion, name="nominee-opinion"),
    path("nominees/<int:case_id>/reason/", acts.reason, name="nominee-reason"),
    path("nominees/<int:case_id>/exception/", acts.exception, name="nominee-exception"),
    path("nominees/<int:case_id>/duty/", duties.declare, name="nominee-duty"),
    path("nominees/<int:case_id>/duty/decide/", duties.decide, name="nominee-duty-decide"),
]
