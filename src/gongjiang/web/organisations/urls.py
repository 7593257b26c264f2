"""Addresses of this room."""

from django.urls import path

from gongjiang.web.organisations import people, tree

urlpatterns = [
    path("organisations/", tree.top, name="organisations-tree"),
    path("organisations/<int:organisation_id>/", tree.page, name="organisations-page"),
    path("organisations/<int:organisation_id>/add/", tree.add, name="organisations-add"),
    path("organisations/<int:organisation_id>/people/", people.open_account, name="organisations-people"),
    path("organisations/<int:organisation_id>/grants/", people.give, name="organisations-grant"),
    path("organisations/<int:organisation_id>/revoke/", people.take_back, name="organisations-revoke"),
    path("organisations/<int:organisation_id>/password/", people.reset, name="organisations-password"),
    path("organisations/<int:organisation_id>/lock/", people.lock, name="organisations-lock"),
]
