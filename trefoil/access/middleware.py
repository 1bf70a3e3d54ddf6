"""Deny by default: a view without a declared rule is not served."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponseBase

from .url_rules import Rule


def declared_rule(view: Callable[..., Any], url_name: str | None) -> Rule | None:
    """The rule a view declares, or the one that `settings.THIRD_PARTY_RULES` gives a library's page by URL name."""
    rule = getattr(view, "access_rule", None) or settings.THIRD_PARTY_RULES.get(url_name or "")
    return rule if isinstance(rule, Rule) else None


class DenyByDefaultMiddleware:
    """Answers 404 for any view that nobody has declared a rule for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> None:
        name = request.resolver_match.view_name if request.resolver_match else None
        if declared_rule(view, name) is None:
            raise Http404
