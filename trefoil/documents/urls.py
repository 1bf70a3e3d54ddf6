"""Addresses of documents, below a partnership's."""

from django.urls import URLPattern, URLResolver, path

from .views.about import document_about
from .views.detail import document_detail, document_file

urlpatterns: list[URLPattern | URLResolver] = [
    path("documents/about/<path:subject>/", document_about, name="document_about"),
    path("documents/<int:pk>/", document_detail, name="document_detail"),
    path("documents/<int:pk>/versions/<int:number>/", document_file, name="document_file"),
]
