"""Addresses of lists: one page for select and panel stages, open or closed."""

from django.urls import path

from gongjiang.web.rounds import acts, listing, sitting

urlpatterns = [
    path("editions/<int:edition_id>/stages/<str:stage_id>/", listing.page, name="rounds-list"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/decide/", acts.decide, name="rounds-decide"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/rank/", acts.save_order, name="rounds-rank"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/judge/", acts.judge, name="rounds-judge"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/sitting/", sitting.page, name="rounds-sitting"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/supplement/", acts.add, name="rounds-supplement"),
]
