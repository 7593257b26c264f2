"""Addresses of inquiries."""

from django.urls import path

from gongjiang.web.inquiries import duties, files, opening, steps, views

urlpatterns = [
    path("inquiries/", views.index, name="inquiries"),
    path("inquiries/new/", opening.page, name="inquiries-new"),
    path("inquiries/<int:inquiry_id>/", views.detail, name="inquiries-page"),
    path("inquiries/<int:inquiry_id>/act/<str:step>/", steps.act, name="inquiries-act"),
    path("inquiries/<int:inquiry_id>/files/", files.add, name="inquiries-file-add"),
    path("inquiries/<int:inquiry_id>/paper/<str:paper>/<str:kind>/", files.paper, name="inquiries-paper"),
    path("inquiries/files/<int:piece_id>/", files.download, name="inquiries-file"),
    path("units/<int:unit_id>/record/", views.record, name="inquiries-record"),
    path("duties/", duties.page, name="duties"),
    path("register/withdrawn/", views.withdrawn_page, name="inquiries-withdrawn"),
]
