"""Addresses of this room."""

from django.urls import path

from gongjiang.web.audit import record, views

urlpatterns = [
    path("audit/", views.page, name="audit-log"),
    path("audit/verify/", views.check, name="audit-verify"),
    path("record/", record.page, name="audit-record"),
    path("record/<int:size>/", record.note, name="audit-checkpoint"),
    path("record/verify_log.py", record.verifier, name="audit-verifier"),
]
