from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "trefoil.documents"
    label = "documents"
