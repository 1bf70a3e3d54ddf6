"""Every URL declares who may open it. A view that declares nothing is not served and fails the tests."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, NoReturn, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone

from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Person

from .enums import Permission
from .queries import standing_in
from .rules import Standing
from .step_up import AskAgainError

View = Callable[..., HttpResponseBase]
Found = TypeVar("Found", bound=Model)


class RefusedError(Http404):
    """Somebody asked for what they may not see. `within` answers 404 and puts this on the trail."""

    def __init__(self, *, by: Person, slug: str, subject: str, detail: dict[str, str]) -> None:
        super().__init__()
        self.by, self.slug, self.subject, self.detail = by, slug, subject, detail


class PageRequest(HttpRequest):
    """A request that has passed a rule `within` a partnership: `standing.person` is who asks."""

    standing: Standing
    # Set by a view that finds its record by emergency access alone, although the page itself is open to the reader.
    read_by_opening: bool = False


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
            try:
                if standing is None or not any(standing.may(one) for one in (permission, *others)):
                    refuse(request, request.user, slug, permission)
                page = cast("PageRequest", request)
                page.standing = standing
                return view(page, *args, **kwargs)
            except AskAgainError as asking:
                return asking.way_on(request)
            except RefusedError as refused:
                # Here, outside every transaction of the view: one that is rolled back would take the row with it.
                _record_refusal(refused)
                raise

        return _marked(guarded, Rule("within", permission, others))

    return declare


def _standing_or_none(person: Person, slug: str) -> Standing | None:
    return standing_in(person, slug, now=timezone.now())


def refuse(request: HttpRequest, person: Person, slug: str, permission: Permission, /, **asked: object) -> NoReturn:
    """Answer 404, with the refusal on the trail: for a view under `within`. `asked` says which record was asked for."""
    raise RefusedError(
        by=person,
        slug=slug[:50],
        subject=request.resolver_match.view_name[:120] if request.resolver_match else "",
        detail={"asked_for": permission.value, **{name: str(value)[:50] for name, value in asked.items()}},
    )


def found_or_refused(visible: QuerySet[Found], request: PageRequest, /, **key: int | str) -> Found:
    """The first record of `key` among those visible to the reader, or the refusal, which names the key."""
    found = visible.filter(**key).first()
    if found is None:
        standing = request.standing
        asked = _rule_of(request).permission or Permission.READ_FIGURES
        refuse(request, standing.person, standing.partnership.slug, asked, **key)
    return found


def _record_refusal(refused: RefusedError) -> None:
    record(
        event=EventType.REFUSED,
        by=refused.by,
        now=timezone.now(),
        partnership=refused.slug,
        subject=refused.subject,
        detail=refused.detail,
    )


def _rule_of(request: HttpRequest) -> Rule:
    """What the view of this page declares."""
    view = request.resolver_match.func if request.resolver_match else None
    rule = getattr(view, "access_rule", None)
    return rule if isinstance(rule, Rule) else Rule("within")


def _by_opening(request: PageRequest) -> bool:
    """Whether the reader could open this page, or found its record, by emergency access alone."""
    asked = _rule_of(request).permissions
    by_duty = asked & request.standing.permissions
    return getattr(request, "read_by_opening", False) or bool(asked & request.standing.opened and not by_duty)


def logs_read(subject: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """For a view, under `within`, of a sensitive record: the read is on the trail in the same transaction as the page.

    `subject` names the record; `{slug}`, `{pk}` and other names of the URL's parts are filled in. If the trail cannot
    be written the page is not served. A read that emergency access alone made possible says `opened`.
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
                    detail={"opened": True} if _by_opening(request) else None,
                )
            return response

        return logged

    return declare
