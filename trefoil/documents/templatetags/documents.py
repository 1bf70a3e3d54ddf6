"""`{% load documents %}{% documents_of subject %}`: what is attached to a record, and the form to attach more."""

from typing import Any

from django import template
from django.template.context import RequestContext
from django.urls import reverse

from trefoil.access.rules import Standing

from ..forms import AttachForm
from ..queries import documents_about
from ..rules import groups_offered_to
from ..subjects import document_subject

register = template.Library()


@register.inclusion_tag("documents/of.html", takes_context=True)
def documents_of(
    context: RequestContext, subject: str, may_attach: bool | None = None, heading: str = "Documents"
) -> dict[str, Any]:
    """The documents of the record `subject`, such as `action:12`, for the reader of this page.

    The form is there when the record's own rule lets the reader attach; `may_attach=False` leaves it out as well. Four
    queries at most, however many documents there are, and those of the record's rule.
    """
    standing: Standing = context["standing"]
    record = document_subject(standing, subject)
    offered = record is not None and record.may_attach and may_attach is not False
    form = None
    if record is not None and offered:
        groups = list(groups_offered_to(standing))
        form = AttachForm(groups=groups, record=record, initial={"group": record.group_id})
    return {
        "listed": documents_about(standing, subject, record.parts) if record else [],
        "form": form,
        "heading": heading,
        "partnership": standing.partnership,
        "action": reverse("document_about", args=[standing.partnership.slug, subject]),
        "csrf_token": context.get("csrf_token"),
    }
