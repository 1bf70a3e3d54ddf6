"""A view whose form is kept while it is typed: `@keeps_draft("action:{pk}:update")`, below `within`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpResponseBase
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest

from .operations import empty_draft, keep_draft
from .queries import DraftWords, draft_of, fields_of


class DraftRequest(PageRequest):
    """A request of a view that keeps a draft: hand `request.draft` to the form."""

    draft: DraftWords


def keeps_draft(key: str) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Declare that a view's form has a draft. `{pk}` and other names of the URL's parts are filled in.

    When the page is opened, `request.draft` holds what its reader typed earlier and did not send. When the form is sent
    and the answer leads on, the draft goes; when the answer is the form again, with an error or with somebody else's
    version, what was sent is kept, so that leaving the page loses nothing even where no script runs.
    """

    def declare(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def kept(request: DraftRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            name = key.format(**kwargs)
            if request.method != "POST":
                request.draft = draft_of(request.standing, name)
                return view(request, *args, **kwargs)
            request.draft = DraftWords(name)
            response = view(request, *args, **kwargs)
            _settle(request, name, was_sent=300 <= response.status_code < 400)
            return response

        return kept

    return declare


def _settle(request: DraftRequest, key: str, *, was_sent: bool) -> None:
    """After a form was sent: forget its draft, or keep what was typed because it has to be sent again."""
    whose: dict[str, Any] = {
        "partnership": request.standing.partnership,
        "by": request.standing.person,
        "now": timezone.now(),
    }
    fields = fields_of(request.POST)
    if was_sent:
        empty_draft(key=key, **whose)
    elif fields:
        try:
            keep_draft(key=key, fields=fields, **whose)
        except NotAllowedError:
            # The words are on the page that is being answered with; a draft is help beyond that.
            return
