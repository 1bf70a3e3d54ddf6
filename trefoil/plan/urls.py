"""Addresses of plan, below a partnership's."""

from django.urls import URLPattern, URLResolver

from .urls_actions import urlpatterns as actions
from .urls_priorities import urlpatterns as priorities
from .urls_register import urlpatterns as register

urlpatterns: list[URLPattern | URLResolver] = [*priorities, *actions, *register]
