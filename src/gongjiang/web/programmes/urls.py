"""Addresses of this room."""

from django.urls import path

from gongjiang.web.programmes import (
    calendar,
    cockpit,
    compare,
    editions,
    judgements,
    lower,
    meanings,
    notice,
    origins,
    packs,
    prepare,
    roles,
    rules,
    what_if,
)

urlpatterns = [
    path("packs/", packs.listing, name="packs-list"),
    path("packs/compare/", compare.page, name="packs-compare"),
    path("packs/<str:key>/", packs.page, name="packs-page"),
    path("packs/<str:key>/origins/", origins.of_pack, name="packs-origins"),
    path("packs/<str:key>/lower/", lower.page, name="packs-lower"),
    path("editions/", editions.listing, name="editions-list"),
    path("editions/new/", editions.new, name="editions-new"),
    path("editions/<int:edition_id>/", cockpit.page, name="editions-cockpit"),
    path("editions/<int:edition_id>/nudge/", cockpit.nudge, name="editions-nudge"),
    path("editions/<int:edition_id>/questions/", prepare.questions, name="editions-questions"),
    path("editions/<int:edition_id>/roles/", roles.page, name="editions-roles"),
    path("editions/<int:edition_id>/roles/missing/", roles.missing, name="editions-roles-missing"),
    path("editions/<int:edition_id>/body/", prepare.body, name="editions-body"),
    path("editions/<int:edition_id>/review/", prepare.review, name="editions-review"),
    path("editions/<int:edition_id>/judgements/", judgements.page, name="editions-judgements"),
    path("editions/<int:edition_id>/notice/", notice.page, name="editions-notice"),
    path("editions/<int:edition_id>/origins/", origins.of_edition, name="editions-origins"),
    path("editions/<int:edition_id>/rules/", rules.page, name="editions-rules"),
    path("editions/<int:edition_id>/clauses/", rules.clauses, name="editions-clauses"),
    path("editions/<int:edition_id>/what-if/", what_if.page, name="editions-what-if"),
    path("editions/<int:edition_id>/extend/", notice.extensions, name="editions-extend"),
    path("editions/<int:edition_id>/rules/ask/", meanings.ask, name="editions-rules-ask"),
    path("meanings/", meanings.page, name="meanings"),
    path("calendar/", calendar.page, name="calendar"),
]
