"""Addresses of looking after an artisan: account, contact, enterprise, profile, publicity."""

from django.urls import path

from gongjiang.web.cultivation import account

urlpatterns = [
    path("artisans/<int:honour_id>/account/", account.send, name="artisan-account"),
    path("open/<str:token>/", account.open_page, name="artisan-open"),
]
