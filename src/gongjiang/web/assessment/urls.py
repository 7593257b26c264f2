"""Addresses of processes over honours and units."""

from django.urls import path

from gongjiang.web.assessment import followups, pages

urlpatterns = [
    path("editions/<int:edition_id>/processes/", pages.index, name="processes"),
    path("editions/<int:edition_id>/processes/<str:process>/open/", pages.begin, name="process-open"),
    path("editions/<int:edition_id>/settle/", pages.settle_page, name="process-settle"),
    path("claims/<int:claim_id>/", followups.claim, name="assessment-claim"),
    path("explanations/<int:explanation_id>/", followups.explanation, name="assessment-explanation"),
]
