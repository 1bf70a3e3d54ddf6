"""Addresses of editing, below a partnership's."""

from django.urls import path

from .views import draft_empty, draft_keep

urlpatterns = [
    path("drafts/keep/", draft_keep, name="draft_keep"),
    path("drafts/empty/", draft_empty, name="draft_empty"),
]
