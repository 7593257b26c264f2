"""Addresses of benefits and money."""

from django.urls import path

from gongjiang.web.funds import benefits, budgets, offers

urlpatterns = [
    path("funds/", budgets.index, name="funds"),
    path("funds/sheet/", budgets.sheet, name="funds-sheet"),
    path("funds/budgets/new/", budgets.new, name="funds-new"),
    path("funds/budgets/<int:budget_id>/", budgets.page, name="funds-budget"),
    path("funds/budgets/<int:budget_id>/beyond/", budgets.beyond, name="funds-beyond"),
    path("funds/budgets/<int:budget_id>/items/<int:spending_id>/settle/", budgets.settled, name="funds-settle"),
    path("funds/budgets/<int:budget_id>/items/<int:spending_id>/undo/", budgets.undone, name="funds-undo"),
    path("funds/plans/<int:budgetversion_id>/", budgets.decided, name="funds-decide"),
    path("funds/items/<int:spending_id>/receipt/", budgets.voucher, name="funds-voucher"),
    path("funds/benefits/", benefits.page, name="funds-benefits"),
    path("funds/benefits/given/", benefits.given, name="funds-given"),
    path("funds/benefits/sheet/", benefits.sheet, name="funds-given-sheet"),
    path("funds/benefits/given/<int:benefitgrant_id>/back/", benefits.back, name="funds-back"),
    path("funds/benefits/given/<int:benefitgrant_id>/receipt/", benefits.file, name="funds-receipt"),
    path("funds/offers/", offers.page, name="funds-offers"),
    path("funds/offers/<int:serviceoffer_id>/", offers.detail, name="funds-offer"),
    path("funds/offers/<int:serviceoffer_id>/close/", offers.closed, name="funds-offer-close"),
    path("funds/offers/<int:serviceoffer_id>/book/", offers.booked, name="funds-book"),
]
