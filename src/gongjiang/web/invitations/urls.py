"""Addresses of links to be handed out."""

from django.urls import path

from gongjiang.web.invitations import handing

urlpatterns = [
    path("links/", handing.page, name="links"),
    path("links/<int:invitation_id>/hand/", handing.hand, name="links-hand"),
]
