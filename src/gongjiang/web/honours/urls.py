"""Addresses of the register and of naming."""

from django.urls import path

from gongjiang.web.honours import bestowals, certificates, check, confer, document, person, register

urlpatterns = [
    path("register/", register.index, name="honours-register"),
    path("register/all/", register.inside, name="honours-inside"),
    path("register/all/sheet.xlsx", register.sheet, name="honours-inside-sheet"),
    path("register/listed/<int:row_id>/", register.listed, name="honours-listed"),
    path("register/<int:honour_id>/", register.detail, name="honours-detail"),
    path("people/<int:subject_id>/", person.page, name="people-path"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/name/", confer.page, name="honours-confer"),
    path("editions/<int:edition_id>/stages/<str:stage_id>/finish/", confer.finish, name="honours-finish"),
    path("naming/<int:document_id>/document.docx", document.word, name="honours-document-word"),
    path("naming/<int:document_id>/document.pdf", document.pdf, name="honours-document-pdf"),
    path("naming/<int:document_id>/awards/", bestowals.page, name="honours-bestowals"),
    path("naming/<int:document_id>/awards/due/", bestowals.due, name="honours-bestowals-due"),
    path("naming/<int:document_id>/awards/sheet.xlsx", bestowals.sheet, name="honours-bestowals-sheet"),
    path("naming/<int:document_id>/awards/<int:bestowal_id>/receipt/", bestowals.receipt, name="honours-receipt"),
    path("naming/<int:document_id>/awards/<int:bestowal_id>/undo/", bestowals.again, name="honours-bestowal-undo"),
    path("naming/<int:document_id>/certificates/", certificates.page, name="honours-certificates"),
    path("naming/<int:document_id>/certificates/archive/", certificates.archive, name="honours-certificates-archive"),
    path("certificates/", certificates.own, name="honours-own"),
    path("certificates/<int:certificate_id>/pdf/", certificates.paper, name="honours-certificate-pdf"),
    path("certificates/<int:certificate_id>/credential/", certificates.credential, name="honours-credential"),
    path("certificates/<int:certificate_id>/anew/", certificates.anew, name="honours-certificate-anew"),
    path("check/", check.page, name="honours-check"),
    path("check/file/", check.by_upload, name="honours-check-file"),
    path("check/signer.cer", check.signer, name="honours-signer"),
    path("check/<str:code>/", check.answer, name="honours-checked"),
    path("credentials/status/<str:purpose>/<int:number>", check.status_list, name="honours-status-list"),
    path(".well-known/did.json", check.keys, name="honours-keys"),
    path("did.json", check.keys, name="honours-keys-below"),
]
