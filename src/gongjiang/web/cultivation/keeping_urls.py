"""Addresses of looking after an artisan: account, contact, enterprise, profile, publicity."""

from django.urls import path

from gongjiang.web.cultivation import account, contact, enterprise, midterm, profile, profile_public, publicity

urlpatterns = [
    path("artisans/<int:honour_id>/account/", account.send, name="artisan-account"),
    path("people/<int:subject_id>/account/", account.listed, name="person-account"),
    path("artisans/contacts/", contact.index, name="artisans-contacts"),
    path("artisans/concerns/", contact.index, {"show": "concerns"}, name="artisans-concerns"),
    path("artisans/contacts/new/", contact.new, name="artisans-contact"),
    path("artisans/contacts/rhythm/", contact.rhythm, name="artisans-rhythm"),
    path("artisans/contacts/<int:contact_id>/withdraw/", contact.withdraw, name="artisans-contact-withdraw"),
    path("artisans/concerns/<int:concern_id>/answer/", contact.answer, name="artisans-concern-answer"),
    path("artisans/<int:honour_id>/contacts/", contact.history, name="artisan-contacts"),
    path("artisans/<int:honour_id>/midterm/", midterm.page, name="artisan-midterm"),
    path("mine/<int:honour_id>/ask/", contact.ask, name="mine-ask"),
    path("artisans/profiles/", profile.index, name="artisans-profiles"),
    path("artisans/profiles/export.zip", profile.archive, name="artisans-profiles-export"),
    path("artisans/<int:honour_id>/profile/", profile.page, name="artisan-profile"),
    path("artisans/<int:honour_id>/profile/files/", profile.add, name="artisan-profile-file"),
    path("artisans/<int:honour_id>/enterprise/<int:year>/", enterprise.year_page, name="artisan-enterprise"),
    path("artisans/<int:honour_id>/studio/", enterprise.studio_page, name="artisan-studio"),
    path("artisans/courtesies/", publicity.policies, name="courtesies"),
    path("artisans/courtesies/new/", publicity.new_policy, name="courtesy-new"),
    path("artisans/publicity/", publicity.pieces, name="publicity"),
    path("artisans/publicity/new/", publicity.new_piece, name="publicity-new"),
    path("artisans/publicity/withdraw/", publicity.withdraw, name="publicity-withdraw"),
    path("artisans/publicity/<int:mediapiece_id>/file/", publicity.download, name="publicity-file"),
    path("artisans/<str:what>.xlsx", publicity.sheet, name="publicity-sheet"),
    path("profiles/", profile_public.index, name="profiles"),
    path("profiles/<int:profile_id>/", profile_public.detail, name="profile"),
    path("profiles/files/<int:profilefile_id>/", profile_public.picture, name="profile-picture"),
    path("open/<str:token>/", account.open_page, name="artisan-open"),
]
