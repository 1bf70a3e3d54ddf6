from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "trefoil.plan"
    label = "plan"
