"""Addresses of filing."""

from django.urls import path

from gongjiang.web.nominations import acts, files, form, history, preview, ready, start

urlpatterns = [
    path("nominations/ready/<int:edition_id>/", ready.page, name="nominations-ready"),
    path("nominations/new/", start.new, name="nominations-new"),
    path("nominations/<int:case_id>/form/", form.first, name="nominations-edit"),
    path("nominations/<int:case_id>/form/<slug:section_id>/", form.section, name="nominations-form"),
    path("nominations/<int:case_id>/save/<slug:section_id>/", form.autosave, name="nominations-save"),
    path("nominations/<int:case_id>/live/<slug:section_id>/", form.live, name="nominations-live"),
    path("nominations/<int:case_id>/preview/", preview.preview, name="nominations-previews"),
    path("nominations/<int:case_id>/preview/<str:paper>/", preview.preview, name="nominations-preview"),
    path(
        "nominations/<int:case_id>/preview/<str:paper>/<int:number>.png",
        preview.page,
        name="nominations-preview-page",
    ),
    path("nominations/<int:case_id>/history/", history.history, name="nominations-history"),
    path("nominations/<int:case_id>/history/fetch/", history.fetch, name="nominations-fetch"),
    path("nominations/<int:case_id>/known/", acts.known, name="nominations-known"),
    path("nominations/<int:case_id>/reason/", acts.reason, name="nominations-reason"),
    path("nominations/<int:case_id>/submit/", acts.submit_case, name="nominations-submit"),
    path("nominations/<int:case_id>/withdraw/", acts.withdraw, name="nominations-withdraw"),
    path("nominations/<int:case_id>/files/", files.add, name="nominations-files"),
    path("nominations/<int:case_id>/files/<int:file_id>/remove/", files.take_back, name="nominations-file-remove"),
]
