"""Addresses of the registers."""

from django.urls import path

from gongjiang.web.registry import bringing, overview, people

urlpatterns = [
    path("registry/", overview.page, name="registry"),
    path("registry/cover/", overview.cover, name="registry-cover"),
    path("registry/count/", overview.count, name="registry-count"),
    path("registry/template.xlsx", bringing.template, name="registry-template"),
    path("registry/import/", bringing.new, name="registry-import-new"),
    path("registry/imports/<int:import_id>/", bringing.one, name="registry-import"),
    path("registry/imports/<int:import_id>/take/", bringing.take_over, name="registry-import-take"),
    path("registry/imports/<int:import_id>/drop/", bringing.let_go, name="registry-import-drop"),
    path("registry/imports/<int:import_id>/withdraw/", bringing.take_back, name="registry-import-withdraw"),
    path("registry/imports/<int:import_id>/public/", bringing.set_public, name="registry-import-public"),
    path("registry/people/", people.page, name="registry-people"),
    path("registry/questions/<int:question_id>/decide/", people.settle, name="registry-decide"),
    path("registry/questions/<int:question_id>/undo/", people.reopen, name="registry-undo"),
    path("registry/rows/<int:row_id>/part/", people.set_apart, name="registry-part"),
]
