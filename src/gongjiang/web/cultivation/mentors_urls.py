"""Addresses of mentors and apprentices."""

from django.urls import path

from gongjiang.web.cultivation.mentors import link, own, page

urlpatterns = [
    path("artisans/<int:honour_id>/mentors/", page.mentors, name="artisan-mentors"),
    path("artisans/<int:honour_id>/mentors/act/<str:action>/", page.act, name="artisan-mentors-act"),
    path("mentoring/", own.mentoring, name="mentoring"),
    path("mentor/<str:token>/", link.door, name="mentor-link"),
]
