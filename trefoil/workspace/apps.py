from django.apps import AppConfig


class WorkspaceConfig(AppConfig):
    name = "trefoil.workspace"
    label = "workspace"
