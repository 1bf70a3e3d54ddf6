"""What every page of documents gives its template, and what a refusal of an operation becomes on a form."""

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, refuse
from trefoil.design.frame import Crumb

from ..subjects import DocumentSubject, document_subject

Done = TypeVar("Done")


def page(
    request: PageRequest, template: str, *, title: str, lead: str, above: tuple[Crumb, ...], **context: Any
) -> HttpResponse:
    """A page of `documents/<template>.html`. `above` are the steps between home and this page."""
    partnership = request.standing.partnership
    crumbs = (Crumb(partnership.short_name, reverse("partnership_home", args=[partnership.slug])), *above)
    shown = {"title": title, "lead": lead, "crumbs": crumbs, **context}
    return render(request, f"documents/{template}.html", shown)


def subject_or_refused(request: PageRequest, reference: str) -> DocumentSubject:
    """The record as the reader sees it; 404, with the refusal on the trail, when it is not theirs."""
    record = document_subject(request.standing, reference)
    if record is None:
        standing = request.standing
        refuse(request, standing.person, standing.partnership.slug, Permission.READ_MEETINGS, subject=reference)
    return record


def carried_out(form: forms.Form, field: str | None, operation: Callable[[], Done]) -> Done | None:
    """What the operation gave; None when it refused, with its reason as a sentence on the form."""
    try:
        return operation()
    except NotAllowedError as error:
        words = str(error)
        form.add_error(field, f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}")
        return None


def from_home(record: DocumentSubject) -> tuple[Crumb, ...]:
    """The step to the record's own page, when it has one."""
    return (Crumb(record.words, record.href),) if record.href else ()
