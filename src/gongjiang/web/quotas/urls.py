"""Addresses of places: the matrix of units, moving places, where the numbers come from."""

from django.urls import path

from gongjiang.web.quotas import formula, matrix, moves

urlpatterns = [
    path("editions/<int:edition_id>/quotas/", matrix.page, name="quotas"),
    path("editions/<int:edition_id>/quotas/move/", moves.move, name="quotas-move"),
    path("editions/<int:edition_id>/quotas/enter/", moves.enter, name="quotas-enter"),
    path("editions/<int:edition_id>/quotas/grant/", moves.grant_places, name="quotas-grant"),
    path("editions/<int:edition_id>/quotas/formula/", formula.page, name="quotas-formula"),
]
