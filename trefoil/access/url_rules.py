"""Every URL declares who may open it. A view that declares nothing is not served and fails the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NoReturn, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from .enums import Permission
from .queries import standing_in
from .rules import Standing

View = Callable[..., HttpResponseBase]


class PageRequest(HttpRequest):
    """A request that has passed a rule `within` a partnership: `standing.person` is who asks."""

    standing: Standing


@dataclass(frozen=True)
class Rule:
    """Who may open a URL: everybody, anybody signed in, or those with a permission in the partnership of the URL.

    Any one of `permission` and `others` opens it.
    """

    kind: str
    permission: Permission | None = None
    others: tuple[Permission, ...] = ()

    @property
    def permissions(self) -> frozenset[Permission]:
        return frozenset({self.permission, *self.others}) if self.permission else frozenset()

    def __str__(self) -> str:
        return " ".join([self.kind, " or ".join(sorted(self.permissions))]).strip()


PUBLIC = Rule("public")
SIGNED_IN = Rule("signed in")
DEMO_ONLY = Rule("demo only")


def _marked(view: View, rule: Rule) -> View:
    """The mark that the middleware and the repository tests read."""
    cast("Any", view).access_rule = rule
    return view


def access_rule(rule: Rule) -> Callable[[View], View]:
    """Declare `rule` on a view that is not about one partnership."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if rule == DEMO_ONLY and not settings.DEMO:
                raise Http404
            if rule == SIGNED_IN and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return view(request, *args, **kwargs)

        return _marked(guarded, rule)

    return declare


def within(
    permission: Permission,
    *others: Permission,
) -> Callable[[Callable[Concatenate[PageRequest, ...], HttpResponseBase]], View]:
    """Declare that a view, whose URL holds a partnership's `slug`, asks for `permission`, or one of `others`, there.

    The view gets a request with `standing`, and no slug. A partnership that is not the person's, and a permission they
    do not hold, are both answered 404, and the refusal is on the trail.
    """

    def declare(view: Callable[Concatenate[PageRequest, ...], HttpResponseBase]) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            standing = _standing_or_none(request.user, slug)
            if standing is None or not any(standing.may(one) for one in (permission, *others)):
                refuse(request, request.user, slug, permission)
            page = cast("PageRequest", request)
            page.standing = standing
            return view(page, *args, **kwargs)

        return _marked(guarded, Rule("within", permission, others))

    return declare


def _standing_or_none(person: Person, slug: str) -> Standing | None:
    return standing_in(person, slug, now=timezone.now())


def refuse(request: HttpRequest, person: Person, slug: str, permission: Permission) -> NoReturn:
    """Answer 404, with the refusal on the trail. Also for a record that a page asked for and the person may not see."""
    record(
        event=EventType.REFUSED,
        by=person,
        now=timezone.now(),
        partnership=slug[:50],
        subject=request.resolver_match.view_name[:120] if request.resolver_match else "",
        detail={"asked_for": permission.value},
    )
    raise Http404


def logs_read(subject: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For a view, under `within`, of a sensitive record: the read is on the trail in the same transaction as the page.

    `subject` names the record; `{slug}`, `{pk}` and other names of the URL's parts are filled in. If the trail cannot
    be written the page is not served.
    """

    def declare(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def logged(request: PageRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            with transaction.atomic():
                response = view(request, *args, **kwargs)
                record(
                    event=EventType.RECORD_READ,
                    by=request.standing.person,
                    now=timezone.now(),
                    partnership=request.standing.partnership.slug,
                    subject=subject.format(slug=request.standing.partnership.slug, **kwargs),
                )
            return response

        return logged

    return declare
