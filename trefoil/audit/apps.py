from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "trefoil.audit"
    label = "audit"
