"""Addresses of this room."""

from django.urls import path

from gongjiang.web.audit import views

urlpatterns = [path("audit/", views.page, name="audit-log"), path("audit/verify/", views.check, name="audit-verify")]
