"""Addresses of what helps to try out a sample installation."""

from django.urls import path

from gongjiang.services.samples.aids import PAPERS
from gongjiang.web.samples import views

urlpatterns = [
    path("sample/", views.page, name="samples-aids"),
    *(path(f"sample/{one.name}", views.sheet, {"asked": one}, name=f"samples-{n}") for n, one in enumerate(PAPERS)),
]
