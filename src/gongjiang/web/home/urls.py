"""The front page."""

from django.urls import path

from gongjiang.web.home import views

urlpatterns = [path("", views.front, name="home")]
