"""Addresses of the unit's desk and of printed forms."""

from django.urls import path

from gongjiang.web.units import exchange, prints, views

IMPORT = "editions/<int:edition_id>/unit/<int:unit_id>/import"

urlpatterns = [
    path("editions/<int:edition_id>/unit/", views.desk_page, name="units-desk"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/", views.desk_page, name="units-desk-of"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/rank/", views.rank, name="units-rank"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/report/", views.report, name="units-report"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/import/", exchange.import_page, name="units-import"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/workbook.xlsx", exchange.workbook, name="units-workbook"),
    path(f"{IMPORT}/<int:import_id>/", exchange.look_page, name="units-import-look"),
    path(f"{IMPORT}/<int:import_id>/take/", exchange.take_page, name="units-import-take"),
    path(f"{IMPORT}/<int:import_id>/drop/", exchange.drop_page, name="units-import-drop"),
    path(f"{IMPORT}/<int:import_id>/marked.xlsx", exchange.marked_page, name="units-import-marked"),
    path("editions/<int:edition_id>/unit/<int:unit_id>/summary.xlsx", prints.summary, name="units-summary"),
    path("editions/<int:edition_id>/summary.xlsx", prints.edition_summary, name="edition-summary"),
    path("nominations/<int:case_id>/print/<str:form_id>.<str:kind>", prints.form, name="nominations-print"),
]
