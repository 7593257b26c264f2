"""Addresses of the register and of naming."""

from django.urls import path

from gongjiang.web.honours import confer, person, register

urlpatterns = [
    path("register/", register.index, name="honours-register"),
    path("register/<int:honour_id>/", register.detail, name="honours-detail"),
    path("people/<int:subject_id>/", person.page, name="people-path"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/name/", confer.page, name="honours-confer"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/finish/", confer.finish, name="honours-finish"),
]
