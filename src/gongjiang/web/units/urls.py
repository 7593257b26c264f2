"""Addresses of the unit's desk and of printed forms."""

from django.urls import path

from gongjiang.web.units import exchange, prints, views

urlpatterns = [
    path("editions/<int:edition_id>/unit/", views.desk_page, name="units-desk"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/", views.desk_page, name="units-desk-of"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/rank/", views.rank, name="units-rank"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/report/", views.report, name="units-report"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/import/", exchange.import_page, name="units-import"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/summary.xlsx", prints.summary, name="units-summary"),
    path("nominations/<int:case_id>/print/<str:form_id>.<str:kind>", prints.form, name="nominations-print"),
]
