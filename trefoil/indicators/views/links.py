"""Where an exception is mended: the return's page where there is a return, else the measure's page."""

from django.urls import reverse

from trefoil.access.rules import Standing

from ..evidence.exceptions import ExceptionItem


def mend_href(item: ExceptionItem, standing: Standing) -> str:
    """The address, or nothing for a return that the reader may not open."""
    if item.return_pk is not None:
        return reverse("return_detail", args=[standing.partnership.slug, item.return_pk])
    if item.definition is not None:
        return reverse("indicator", args=[standing.partnership.slug, item.definition.id])
    return ""
