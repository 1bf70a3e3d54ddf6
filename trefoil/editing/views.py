"""Keeping and emptying drafts, and the page for two people who saved one record."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
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

from .comparison import Line, compared, values_of
from .forms import SeenForm
from .merging import as_sent, mark
from .operations import empty_draft, keep_draft
from .queries import fields_of
from .versions import Held

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
    form: SeenForm,
    *,
    saved: Held | None,
    template: str = "editing/both_versions.html",
    values: Mapping[str, Any] | None = None,
    title: str = "Somebody else has saved this",
    lead: str = "Nothing of yours and nothing of theirs is lost. Choose below what is kept.",
    said: str = "",
    button: str = "",
    above: tuple[Crumb, ...] = (),
) -> HttpResponse:
    """The answer to ChangedMeanwhileError: both versions field by field, and a form with both, ready to be saved.

    `form` is the valid form that could not be saved; `saved` is `error.held`. `values` says what is saved under the
    form's field names, where the record names them otherwise. In the form, a field that this person had left alone
    holds what the other saved; a field that both changed holds this person's words, and says so. Sending it again from
    here, to the same address, saves it over the newer version knowingly; if a third person has saved by then, this
    page comes again. `said` tells what happened to the record where it was more than saved, and `button` what sending
    then does. The status is 409.
    """
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    known = (values if values is not None else values_of(form, saved)) if saved is not None else {}
    lines = compared(form, known, form.marks)
    is_contested = any(line.is_contested for line in lines)
    context = {
        "title": title,
        "lead": lead,
        "said": said,
        "button": button or ("Save mine over the newer version" if is_contested else "Save both together"),
        "crumbs": crumbs,
        "form": form if saved is None else _put_together(request, form, saved, known, lines),
        "saved": saved,
        "lines": lines,
        "differing": sum(not line.is_same for line in lines),
        "theirs": sum(line.is_theirs for line in lines),
        "contested": sum(line.is_contested for line in lines),
        "unseen": _unseen(request, form),
    }
    return render(request, template, context, status=409)


def _put_together(
    request: PageRequest, form: SeenForm, saved: Held, known: Mapping[str, Any], lines: list[Line]
) -> SeenForm:
    """The form with theirs where this person changed nothing, and with the version that they see now."""
    data = request.POST.copy()
    for line in lines:
        if line.is_theirs:
            for name, texts in as_sent(form[line.name], known[line.name]).items():
                data.setlist(name, texts)
    marks = {**form.marks, **{line.name: mark(line.name, known[line.name]) for line in lines}}
    data[form.add_prefix("seen_version")] = str(saved.version)
    data[form.add_prefix("seen_marks")] = json.dumps(marks, separators=(",", ":"))
    form.data = data
    return form


def _unseen(request: PageRequest, form: SeenForm) -> list[tuple[str, str]]:
    """What was sent beside the form's fields, such as the name of the button: it is sent along again."""
    own = {"csrfmiddlewaretoken", *(form.add_prefix(name) for name in form.fields)}
    own |= {f"{name}_{part}" for name in own for part in ("day", "month", "year")}
    return [(name, value) for name, values in request.POST.lists() if name not in own for value in values]
