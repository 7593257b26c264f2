"""Addresses of letters."""

from django.urls import path

from gongjiang.web.letters import views, writing

urlpatterns = [
    path("nominations/<int:case_id>/letters/", views.page, name="letters"),
    path("nominations/<int:case_id>/letters/link/", views.link, name="letters-link"),
    path("nominations/<int:case_id>/letters/file/", views.hand_in_scan, name="letters-file"),
    path("nominations/<int:case_id>/letters/withdraw/", views.withdraw, name="letters-withdraw"),
    path("letters/<int:letter_id>/", views.letter, name="letter"),
    path("letter/<str:token>/", writing.write, name="letter-by-link"),
]
