"""Addresses of opinions."""

from django.urls import path

from gongjiang.web.opinions import deputies, giving, views

urlpatterns = [
    path("nominees/<int:case_id>/opinions/", views.page, name="opinions"),
    path("nominees/<int:case_id>/opinions/link/", views.link, name="opinions-link"),
    path("nominees/<int:case_id>/opinions/revoke/", views.revoke, name="opinions-revoke"),
    path("nominees/<int:case_id>/opinions/remind/", views.remind, name="opinions-remind"),
    path("nominees/<int:case_id>/opinions/hand/", views.hand, name="opinions-hand"),
    path("nominees/<int:case_id>/opinions/decline/", views.decline_box, name="opinions-decline"),
    path("nominees/<int:case_id>/opinions/withdraw/", views.withdraw, name="opinions-withdraw"),
    path("delegations/", deputies.page, name="deputies"),
    path("delegations/<int:delegation_id>/end/", deputies.end, name="deputies-end"),
    path("opinion/<str:token>/", giving.give, name="opinion-by-link"),
    path("opinion/<str:token>/sheet.pdf", giving.sheet, name="opinion-sheet-by-link"),
]
