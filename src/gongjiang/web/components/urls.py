"""Addresses of the components' own pages: the switch to large type, and in development the specimen."""

from django.conf import settings
from django.urls import path

from gongjiang.web.components import views

specimen_urls = [
    path("specimen/", views.specimen, name="specimen"),
    path("specimen/<slug:page>/", views.specimen, name="specimen-page"),
]
urlpatterns = [path("display/", views.display, name="display"), *(specimen_urls if settings.DEBUG else ())]
