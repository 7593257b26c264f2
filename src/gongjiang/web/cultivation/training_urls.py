"""Addresses of training: events, attendance, the log, growth."""

from django.urls import path

from gongjiang.web.cultivation.training import attend, event, files, growth, listing, logbook, scores

urlpatterns = [
    path("training/", listing.index, name="training"),
    path("training/new/", listing.make, name="training-new"),
    path("training/<int:event_id>/", event.detail, name="training-event"),
    path("training/<int:event_id>/edit/", listing.change, name="training-edit"),
    path("training/<int:event_id>/act/<str:step>/", event.act, name="training-act"),
    path("training/<int:event_id>/scores/", scores.page, name="training-scores"),
    path("training/sessions/<int:session_id>/", attend.session, name="training-session"),
    path("training/sessions/<int:session_id>/code/", attend.code, name="training-code"),
    path("mine/attend/", attend.mine, name="mine-attend"),
    path("mine/log/", logbook.mine, name="mine-log"),
    path("activities/", logbook.desk, name="activities"),
    path("activities/confirm/", logbook.confirm, name="activities-confirm"),
    path("activities/export/", logbook.export, name="activities-export"),
    path("activities/<int:activity_id>/withdraw/", logbook.take_back, name="activity-withdraw"),
    path("artisans/<int:honour_id>/log/", logbook.of_artisan, name="artisan-log"),
    path("artisans/<int:honour_id>/growth/", growth.page, name="artisan-growth"),
    path("artisans/<int:honour_id>/growth/begin/", growth.begin, name="growth-begin"),
    path("growth/rounds/<int:round_id>/<str:step>/", growth.round_step, name="growth-round"),
    path("growth/tasks/<int:task_id>/<str:step>/", growth.task_step, name="growth-task"),
    path("cultivation/files/<int:attached_id>/", files.download, name="cultivation-file"),
]
