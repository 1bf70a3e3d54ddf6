"""How the forms of risks, measures and the X-ray are answered: done, refused with its reason, or two versions."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest
from trefoil.design.frame import Crumb
from trefoil.editing.drafts import DraftRequest
from trefoil.editing.forms import EditedForm
from trefoil.editing.models import EditedModel
from trefoil.editing.versions import ChangedMeanwhileError, Held
from trefoil.editing.views import both_versions

from ..words import sentence
from .frame import page

__all__ = ["Asking", "DraftRequest", "answered"]

Saved = Callable[[EditedModel], Mapping[str, Any]]


@dataclass(frozen=True)
class Asking:
    """A page that asks, as it says it. The last of `above` is where the reader goes without sending."""

    title: str
    lead: str
    button: str
    above: tuple[Crumb, ...]
    kind: str = ""
    facts: Sequence[tuple[str, object]] = ()
    headings: Mapping[str, str] | None = None


def answered(
    request: PageRequest,
    form: forms.Form,
    asking: Asking,
    carry_out: Callable[[], str],
    *,
    said: str,
    saved: Saved | None = None,
) -> HttpResponse:
    """The page that asks, or what it asked for.

    `carry_out` gives the address that comes next. `saved` says what a record holds under the form's field names, for
    the page with both versions, where the record names them otherwise.
    """
    if request.method == "POST" and form.is_valid():
        try:
            address = carry_out()
        except ChangedMeanwhileError as error:
            return _both(request, form, asking, error.held, saved)
        except NotAllowedError as error:
            form.add_error(None, sentence(str(error)))
        else:
            messages.success(request, said)
            return redirect(address)
    return page(
        request,
        "register/form",
        title=asking.title,
        lead=asking.lead,
        above=asking.above,
        asking=asking,
        form=form,
        slots=[(field, (asking.headings or {}).get(field.name, "")) for field in form],
    )


def _both(
    request: PageRequest, form: forms.Form, asking: Asking, held: Held | None, saved: Saved | None
) -> HttpResponse:
    if not isinstance(form, EditedForm):
        raise TypeError("a form that changes a record carries the version that its writer saw")
    values = saved(held) if saved is not None and isinstance(held, EditedModel) else None
    return both_versions(request, form, saved=held, values=values, above=asking.above)
