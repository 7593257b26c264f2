"""Addresses of an artisan's plan and its milestones."""

from django.urls import path

from gongjiang.web.cultivation.plans import edit, listing, milestone, page, paper, steps

urlpatterns = [
    path("plans/<str:kind>/", listing.plans, name="plans"),
    path("artisans/<int:honour_id>/plan/", page.plan, name="artisan-plan"),
    path("artisans/<int:honour_id>/plan/edit/", edit.edit, name="artisan-plan-edit"),
    path("artisans/<int:honour_id>/plan/act/<str:action>/", steps.act, name="artisan-plan-act"),
    path("artisans/<int:honour_id>/plan/versions/<int:number>/", page.version, name="artisan-plan-version"),
    path("artisans/<int:honour_id>/plan/versions/<int:number>/<str:kind>/", paper.download, name="artisan-plan-paper"),
    path("artisans/<int:honour_id>/plan/milestones/<int:milestone_id>/", milestone.milestone, name="artisan-milestone"),
]
