"""Addresses of notices and objections."""

from django.urls import path

from gongjiang.web.public_notices import objecting, objections, posted, publishing, views

EDITION = "editions/<int:edition_id>"

urlpatterns = [
    path("notices/", views.notices, name="public-notices-list"),
    path("notices/<slug:slug>/", views.notice, name="public-notices-page"),
    path("notices/<slug:slug>/notice.docx", views.word, name="public-notices-word"),
    path("notices/<slug:slug>/object/", objecting.new, name="objections-new"),
    path("notices/<slug:slug>/object/<int:entry_id>/", objecting.new, name="objections-new-about"),
    path("objections/received/", objecting.received, name="objections-received"),
    path("objections/", objecting.follow_page, name="objections-follow"),
    path(f"{EDITION}/stages/<str:stage_id>/publish/", publishing.page, name="public-notices-publish"),
    path(f"{EDITION}/stages/<str:stage_id>/notices/<int:ordinal>/", posted.page, name="public-notices-posted"),
    path("notice-postings/<int:posting_id>/photo/", posted.photo, name="public-notices-photo"),
    path(f"{EDITION}/stages/<str:stage_id>/settle/", publishing.settle, name="public-notices-settle"),
    path("objections/queue/", objections.queue_page, name="objections-queue"),
    path(f"{EDITION}/objections/", objections.queue_page, name="objections-queue"),
    path("objections/<int:objection_id>/", objections.detail, name="objections-detail"),
    path("objections/files/<int:proof_id>/", objections.file, name="objections-file"),
    path("objections/<int:objection_id>/<str:action>/", objections.act, name="objections-act"),
]
