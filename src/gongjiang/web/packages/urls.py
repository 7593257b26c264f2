"""Addresses of packages."""

from django.urls import path

from gongjiang.web.packages import views

urlpatterns = [
    path("editions/<int:edition_id>/packages/", views.page, name="packages"),
    path("editions/<int:edition_id>/packages/archive/", views.archive, name="packages-archive"),
    path("editions/<int:edition_id>/packages/book/", views.book, name="packages-book"),
    path("packages/<int:package_id>/file/", views.download, name="packages-file"),
    path("packages/<int:package_id>/remove/", views.remove, name="packages-remove"),
]
