"""Addresses of the pages of extracts, below a partnership's slug."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
