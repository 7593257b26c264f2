"""Addresses of looking after an artisan: account, contact, enterprise, profile, publicity."""

from django.urls import path

from gongjiang.web.cultivation import account, contact, midterm

urlpatterns = [
    path("artisans/<int:honour_id>/account/", account.send, name="artisan-account"),
    path("artisans/contacts/", contact.index, name="artisans-contacts"),
    path("artisans/contacts/new/", contact.new, name="artisans-contact"),
    path("artisans/contacts/rhythm/", contact.rhythm, name="artisans-rhythm"),
    path("artisans/contacts/<int:contact_id>/withdraw/", contact.withdraw, name="artisans-contact-withdraw"),
    path("artisans/concerns/<int:concern_id>/answer/", contact.answer, name="artisans-concern-answer"),
    path("artisans/<int:honour_id>/contacts/", contact.history, name="artisan-contacts"),
    path("artisans/<int:honour_id>/midterm/", midterm.page, name="artisan-midterm"),
    path("mine/<int:honour_id>/ask/", contact.ask, name="mine-ask"),
    path("open/<str:token>/", account.open_page, name="artisan-open"),
]
