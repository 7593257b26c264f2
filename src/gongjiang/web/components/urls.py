"""Addresses of the components' own pages: `urlpatterns` always, `specimen_urls` in development only."""

from django.urls import path, re_path

from gongjiang.web.components import views

urlpatterns = [path("display/", views.display, name="display")]
specimen_urls = [
    path("specimen/", views.specimen, name="specimen"),
    re_path(r"^specimen/(?P<page>work|public|judge|entry)/$", views.specimen, name="specimen-page"),
]
