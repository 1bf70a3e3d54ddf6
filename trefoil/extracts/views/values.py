"""The value map: what an agency's spellings mean that stand in no code list."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb

from ..enums import Decision, ExtractState
from ..forms import DecideForm
from ..intake.shapes import known_code_lists
from ..models import MappedValue
from ..operations.values import decide_values, undo_decision
from ..queries import lists_on_map, searched
from ..rules import extracts_visible_to, values_visible_to
from ..standard.loader import CodeList
from .extract_page import counted, page

PER_PAGE = 50


@within(Permission.EXTRACT_LOAD)
@require_safe
def value_lists(request: PageRequest) -> HttpResponse:
    """The code lists with values on the map."""
    found = lists_on_map(values_visible_to(request.standing))
    return page(
        request,
        "value_lists",
        title="What values mean",
        lead="A value that stands in no code list waits here until somebody says what it means. Nothing is guessed. "
        "What you decide holds for every later extract of the same agency.",
        lists=[(one, list_title(one.code_list)) for one in found],
        held=extracts_visible_to(request.standing).filter(state=ExtractState.WAITING),
    )


@within(Permission.EXTRACT_LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
def value_list(request: PageRequest, code_list: str) -> HttpResponse:
    """The values of one list: search them, tick several, say what they mean."""
    known = known_code_lists().get(code_list)
    if known is None:
        raise Http404
    words = request.GET.get("q", "")[:100]
    values = searched(values_visible_to(request.standing).filter(code_list=code_list), words)
    shown = Paginator(values, PER_PAGE).get_page(request.GET.get("page"))
    lines = [(value, _meaning(value, known)) for value in shown]
    keys = [value.pk for value in shown]
    form = DecideForm(request.POST if request.method == "POST" else None, code_list=known, keys=keys)
    if request.method == "POST" and form.is_valid() and _decided(request, form, list(shown)):
        question = urlencode({name: request.GET[name] for name in ("q", "page") if name in request.GET})
        here = reverse("value_list", args=[request.standing.partnership.slug, code_list])
        return redirect(f"{here}?{question}" if question else here)
    slug = request.standing.partnership.slug
    return page(
        request,
        "value_list",
        title=f"What values mean: {list_title(code_list)}",
        lead="Tick the values that mean the same, choose what they mean, and save.",
        more_crumbs=[Crumb("What values mean", reverse("value_lists", args=[slug]))],
        code_list=known,
        words=words,
        shown=shown,
        lines=lines,
        ticked={str(key) for key in request.POST.getlist("values")},
        form=form,
        count_words=counted(shown.paginator.count, "value"),
    )


def list_title(code_list: str) -> str:
    """The name of a list in words."""
    return code_list.replace("_", " ").capitalize()


def _meaning(value: MappedValue, known: CodeList) -> str:
    if value.decision == Decision.NOT_KNOWN:
        return "Not known"
    labels = {one.code: one.label for one in known.codes}
    return f"{value.code}: {labels.get(value.code, '')}" if value.code else ""


def _decided(request: PageRequest, form: DecideForm, shown: list[MappedValue]) -> bool:
    """Whether it was done; if not, the reason is on the form."""
    chosen = [value for value in shown if value.pk in form.cleaned_data["values"]]
    try:
        many = decide_values(
            values=chosen,
            code=form.chosen_code,
            why=form.cleaned_data["why"],
            by=request.standing.person,
            now=timezone.now(),
        )
    except NotAllowedError as error:
        form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.")
        return False
    messages.success(request, f"The meaning of {counted(many, 'value')} is saved.")
    return True


@within(Permission.EXTRACT_LOAD)
@require_POST
def value_undo(request: PageRequest, pk: int) -> HttpResponse:
    """Let a value wait again."""
    value = found_or_refused(values_visible_to(request.standing), request, pk=pk)
    try:
        undo_decision(value=value, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    else:
        messages.success(request, f"“{value.raw}” waits again.")
    return redirect("value_list", request.standing.partnership.slug, value.code_list)
