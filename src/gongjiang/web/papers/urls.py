"""Addresses of paper."""

from django.urls import path

from gongjiang.web.papers import arrivals, scans

urlpatterns = [
    path("nominees/<int:case_id>/papers/", scans.page, name="papers-of-case"),
    path("editions/<int:edition_id>/papers/", arrivals.steps, name="papers"),
    path("editions/<int:edition_id>/papers/<str:stage_id>/", arrivals.units, name="papers-units"),
    path("editions/<int:edition_id>/papers/<str:stage_id>/find/", arrivals.find, name="papers-find"),
    path("editions/<int:edition_id>/papers/<str:stage_id>/<int:unit_id>/", arrivals.unit, name="papers-unit"),
    path("receipts/<int:arrival_id>/receipt.pdf", arrivals.receipt, name="papers-receipt"),
    path("receipts/<int:arrival_id>/void/", arrivals.strike, name="papers-void"),
]
