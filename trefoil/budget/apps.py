from django.apps import AppConfig


class BudgetConfig(AppConfig):
    name = "trefoil.budget"
    label = "budget"
