"""Addresses of plan, below a partnership's."""

from django.urls import URLPattern, URLResolver

from .urls_register import urlpatterns as register

urlpatterns: list[URLPattern | URLResolver] = [*register]
