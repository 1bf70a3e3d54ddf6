"""Keeping and emptying drafts, and the page for two people who saved one record."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.session import seconds_left
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb

from .comparison import compared, values_of
from .forms import EditedForm
from .models import EditedModel
from .operations import empty_draft, keep_draft
from .queries import fields_of

# What the script sends beside the form's own fields.
KEY_FIELD = "draft_key"
PATH_FIELD = "draft_path"


@within(Permission.READ_FIGURES)
@require_POST
def draft_keep(request: PageRequest) -> HttpResponse:
    """Keep what was typed so far; when it was kept and how long the session has left, or why it was not kept.

    Called by the script of the form's page.
    """
    fields, now = fields_of(request.POST), timezone.now()
    key = fields.pop(KEY_FIELD, [""])[0]
    try:
        kept = keep_draft(
            partnership=request.standing.partnership, key=key, fields=fields, by=request.standing.person, now=now
        )
    except NotAllowedError as error:
        return JsonResponse({"why_not": str(error)}, status=400)
    left = seconds_left(request.session, now=now)
    return JsonResponse({"kept_at": f"{timezone.localtime(kept.saved_at):%H:%M}", "seconds": left})


@within(Permission.READ_FIGURES)
@require_POST
def draft_empty(request: PageRequest) -> HttpResponse:
    """Throw the reader's own draft away, and show the form as it would be without it."""
    standing = request.standing
    empty_draft(
        partnership=standing.partnership,
        key=request.POST.get(KEY_FIELD, ""),
        by=standing.person,
        now=timezone.now(),
    )
    messages.success(request, "What you had written and not sent is gone.")
    path = request.POST.get(PATH_FIELD, "")
    home = reverse("partnership_home", args=[standing.partnership.slug])
    return redirect(path if path.startswith(home) else home)


def both_versions(
    request: PageRequest,
    form: EditedForm,
    *,
    saved: EditedModel | None,
    template: str = "editing/both_versions.html",
    values: Mapping[str, Any] | None = None,
    title: str = "Somebody else has saved this",
    lead: str = "Nothing of yours and nothing of theirs is lost. Choose below what is kept.",
    said: str = "",
    button: str = "Save mine over the newer version",
    above: tuple[Crumb, ...] = (),
) -> HttpResponse:
    """The answer to ChangedMeanwhileError: both versions, and the writer's words in the form, ready to be saved.

    `form` is the valid form that could not be saved; `saved` is `error.held`. `values` says what is saved under the
    form's field names, where the record names them otherwise. Sending the form again from here, to the same address,
    saves the writer's words over the newer version knowingly; if a third person has saved by then, this page comes
    again. `said` tells what happened to the record where it was more than saved, and `button` what sending then does.
    The status is 409.
    """
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    lines = compared(form, values if values is not None else values_of(form, saved)) if saved else []
    context = {
        "title": title,
        "lead": lead,
        "said": said,
        "button": button,
        "crumbs": crumbs,
        "form": _with_version(request, form, saved),
        "saved": saved,
        "lines": lines,
        "differing": sum(not line.is_same for line in lines),
        "unseen": _unseen(request, form),
    }
    return render(request, template, context, status=409)


def _with_version(request: PageRequest, form: EditedForm, saved: EditedModel | None) -> Form:
    """The same words in the form, with the version that the writer sees now."""
    if saved is not None:
        data = request.POST.copy()
        data[form.add_prefix("seen_version")] = str(saved.version)
        form.data = data
    return form


def _unseen(request: PageRequest, form: EditedForm) -> list[tuple[str, str]]:
    """What was sent beside the form's fields, such as the name of the button: it is sent along again."""
    own = {"csrfmiddlewaretoken", *(form.add_prefix(name) for name in form.fields)}
    own |= {f"{name}_{part}" for name in own for part in ("day", "month", "year")}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
