"""Addresses of artisans' pages."""

from django.urls import path

from gongjiang.web.artisans import pages

urlpatterns = [
    path("artisans/", pages.index, name="artisans"),
    path("artisans/<int:honour_id>/", pages.detail, name="artisan"),
    path("mine/", pages.mine, name="mine"),
]
