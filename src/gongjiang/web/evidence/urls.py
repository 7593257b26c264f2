"""Addresses of files."""

from django.urls import path

from gongjiang.web.evidence import views

urlpatterns = [
    path("files/<int:file_id>/", views.download, name="evidence-file"),
    path("files/<int:file_id>/view/", views.viewer, name="evidence-view"),
    path("files/<int:file_id>/inline/", views.inline, name="evidence-inline"),
    path("files/<int:file_id>/pages/<int:number>.jpg", views.page, name="evidence-page"),
]
