"""Addresses of budget, below a partnership's."""

from django.urls import URLPattern, URLResolver, path

from .views.entries import budget_entry, budget_entry_new, budget_totals
from .views.moves import budget_move
from .views.year import budget_file, budget_year, contribution_detail
from .views.years import budget_import, budget_new, budget_years

urlpatterns: list[URLPattern | URLResolver] = [
    path("budget/", budget_years, name="budget_years"),
    path("budget/new/", budget_new, name="budget_new"),
    path("budget/load/", budget_import, name="budget_import"),
    path("budget/contribution/<int:pk>/", contribution_detail, name="contribution_detail"),
    path("budget/<int:year>/", budget_year, name="budget_year"),
    path("budget/<int:year>/budget.csv", budget_file, name="budget_file"),
    path("budget/<int:year>/totals/", budget_totals, name="budget_totals"),
    path("budget/<int:year>/move/<slug:move>/", budget_move, name="budget_move"),
    path("budget/<int:year>/<slug:kind>/new/", budget_entry_new, name="budget_entry_new"),
    path("budget/<int:year>/<slug:kind>/<int:pk>/", budget_entry, name="budget_entry"),
]
