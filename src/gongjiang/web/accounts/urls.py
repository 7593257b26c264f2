"""Addresses of this room."""

from django.urls import path

from gongjiang.web.accounts import clock, views

urlpatterns = [
    path("login/", views.login_page, name="login"),
    path("logout/", views.logout_page, name="logout"),
    path("roles/", views.roles, name="roles"),
    path("password/", views.password, name="password"),
    path("clock/", clock.move, name="clock"),
]
