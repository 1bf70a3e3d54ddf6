"""The documents of a partnership, wherever they are attached."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from trefoil.access.url_rules import PageRequest, within
from trefoil.documents.rules import READS

from ..shelf import found_on_shelf, on_shelf
from ..shelf_forms import ShelfForm
from ..words import counted
from .frame import page

PER_PAGE = 25


@within(*READS)
@require_safe
def document_list(request: PageRequest) -> HttpResponse:
    """Every document that the reader may open, the newest first; a GET form asks for some of them."""
    form = ShelfForm(request.GET)
    found = found_on_shelf(request.standing, form.search())
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    question = request.GET.copy()
    question.pop("page", None)
    is_asked = any(question.values())
    return page(
        request,
        "documents",
        title="Documents",
        lead="What is attached to meetings, groups, actions and budgets, as far as you may read it. Newest first.",
        form=form,
        shown=shown,
        rows=on_shelf(request.standing, list(shown)),
        count_words=counted(shown.paginator.count, "document"),
        is_asked=is_asked,
    )
