"""Addresses of files."""

from django.urls import path

from gongjiang.web.evidence import about, alike, parts, secrecy, views

urlpatterns = [
    path("files/<int:file_id>/", views.download, name="evidence-file"),
    path("files/<int:file_id>/view/", about.viewer, name="evidence-view"),
    path("files/<int:file_id>/say/", about.say, name="evidence-say"),
    path("nominations/<int:case_id>/files/order/", about.order, name="evidence-order"),
    path("files/<int:file_id>/original/", about.original, name="evidence-original"),
    path("nominations/<int:case_id>/originals.pdf", about.originals, name="evidence-originals"),
    path("nominations/<int:case_id>/secrecy/", secrecy.look, name="evidence-secrecy"),
    path("nominations/<int:case_id>/secrecy/answer/", secrecy.looked_at, name="evidence-secrecy-answer"),
    path("nominations/<int:case_id>/alike/", alike.of_case, name="evidence-alike"),
    path("editions/<int:edition_id>/alike/", alike.of_edition, name="evidence-alike-edition"),
    path("alike/<int:likeness_id>/", alike.side_by_side, name="evidence-pair"),
    path("alike/<int:likeness_id>/answer/", alike.looked_at, name="evidence-pair-answer"),
    path("nominations/<int:case_id>/files/begin/", parts.begin, name="evidence-begin"),
    path("uploads/<int:upload_id>/", parts.part, name="evidence-part"),
    path("uploads/<int:upload_id>/finish/", parts.finish, name="evidence-finish"),
    path("uploads/<int:upload_id>/give-up/", parts.give_up_upload, name="evidence-give-up"),
    path("files/<int:file_id>/inline/", views.inline, name="evidence-inline"),
    path("files/<int:file_id>/pages/<int:number>.jpg", views.page, name="evidence-page"),
]
