"""Addresses of this room."""

from django.urls import path

from gongjiang.web.meetings import views

urlpatterns = [
    path("sittings/<int:sitting_id>/", views.page, name="sittings-page"),
    path("sittings/<int:sitting_id>/now/", views.now, name="sittings-now"),
    path("sittings/<int:sitting_id>/act/", views.act, name="sittings-act"),
    path("sittings/<int:sitting_id>/minutes.docx", views.minutes, name="sittings-minutes"),
]
