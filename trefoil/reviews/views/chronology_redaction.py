"""Redacted copies: the list of names and places, a copy beside its originals, final or withdrawn."""

from django import forms
from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.step_up import ask_again
from trefoil.access.url_rules import PageRequest, found_or_refused, logs_read, within

from ..chronology.redaction import Redactor
from ..chronology.when import SHOWN, Shown, days_told
from ..files_chronology import copy_document
from ..forms import ReasonForm
from ..forms_chronology import CopyForm, LineForm, RedactedWordForm
from ..models import RedactedCopy, RedactedLine
from ..operations.chronology_redaction import (
    add_redacted_word,
    finish_copy,
    look_at_lines,
    make_redacted_copy,
    remove_redacted_word,
    rewrite_line,
    withdraw_copy,
)
from ..queries_chronology import lines_beside_originals, lines_of_copy, redactor_of, words_of
from ..rules import is_lead
from ..rules_chronology import copies_visible_to, lines_rewritten_by
from .chronology_frame import answer_file, format_of, found_copy, way_to_merged
from .frame import IDENTITY_LASTS, METHODS, carried_out, form_page, found_led, href, page, sent

LINES_A_PAGE = 25


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
@logs_read("review:{reference}")
def chronology_redaction(request: PageRequest, *, reference: str) -> HttpResponseBase:
    """The list of names and places with their roles, and the copies made. It says who is who, so it asks more often."""
    review = found_led(request, reference)
    ask_again(request, request.standing.person, lasting=IDENTITY_LASTS)
    form = RedactedWordForm(sent(request))

    def run() -> None:
        add_redacted_word(review=review, by=request.standing.person, now=timezone.now(), **form.cleaned_data)

    copies = list(copies_visible_to(request.standing).filter(review=review))
    if request.method == "POST" and form.is_valid() and carried_out(form, run):
        messages.success(request, "It is on the list.")
        return redirect(href(request, "chronology_redaction", reference))
    return page(
        request,
        "chronology_redaction",
        title="Redacted copies",
        lead="Roles stand for names and places. A copy is final when somebody has looked at every line.",
        above=way_to_merged(request, review),
        review=review,
        form=form,
        words=list(words_of(review)),
        copies=copies,
        is_drafted=any(one.is_draft for one in copies),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_word_remove(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Take a word off the list."""
    review = found_led(request, reference)
    ask_again(request, request.standing.person, lasting=IDENTITY_LASTS)
    word = found_or_refused(words_of(review), request, pk=pk)
    return form_page(
        request,
        form=forms.Form(sent(request)),
        run=lambda: remove_redacted_word(word=word, by=request.standing.person, now=timezone.now()),
        done="It is off the list.",
        to=href(request, "chronology_redaction", reference),
        button="Take it off",
        kind="warning",
        title=f"Take “{word.words}” off the list",
        lead=f"The next copy will say “{word.words}” and not “{word.role}”. Copies that were made stay as they are.",
        above=way_to_merged(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_copy_new(request: PageRequest, *, reference: str) -> HttpResponse:
    """Make a copy of the chronology as it stands."""
    review = found_led(request, reference)
    form = CopyForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: make_redacted_copy(
            review=review,
            days=Shown(form.cleaned_data["days"]),
            by=request.standing.person,
            now=timezone.now(),
        ),
        done="The copy is made. Look at every line of it.",
        to=href(request, "chronology_redaction", reference),
        button="Make the copy",
        title="Make a redacted copy",
        lead="The list knows no nickname and no misspelling. Nothing is final until you have looked at every line.",
        above=way_to_merged(request, review),
    )


@within(Permission.READ_REVIEWS)
@require_http_methods(METHODS)
@logs_read("review:{reference}")
def chronology_copy(request: PageRequest, *, reference: str, pk: int) -> HttpResponseBase:
    """A copy: its redacted lines; for who leads the review, while it is looked at, each beside its original."""
    copy = found_copy(request, reference, pk)
    is_draft = copy.is_draft
    lines = lines_beside_originals(copy) if is_draft else lines_of_copy(copy)
    shown = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    form = forms.Form(sent(request))
    if form.is_valid() and carried_out(form, lambda: _look(request, copy, shown)):
        messages.success(request, f"Lines {shown.start_index()} to {shown.end_index()} are looked at.")
        return redirect(f"{href(request, 'chronology_copy', reference, pk)}?page={_next(shown)}")
    redactor = redactor_of(copy.review) if is_draft else None
    return page(
        request,
        "chronology_copy",
        title=f"Redacted copy {copy.number} of review {reference}",
        lead=_lead(copy),
        above=way_to_merged(request, copy.review),
        review=copy.review,
        copy=copy,
        form=form,
        is_draft=is_draft,
        shown=shown,
        rows=[(one, _to_look_at(copy, one, redactor) if redactor else []) for one in shown],
        days=SHOWN[Shown(copy.days)],
        waiting=copy.lines.filter(looked_at__isnull=True).count(),
        leads=is_lead(request.standing, copy.review),
    )


def _to_look_at(copy: RedactedCopy, line: RedactedLine, redactor: Redactor) -> list[str]:
    """Words that may name somebody, and, where the copy hides days, days that the words still tell."""
    text = ". ".join([line.what.removesuffix("."), line.place, line.source])
    return [*redactor.left_over(text), *(days_told(text) if copy.days != Shown.AS_ENTERED else [])]


def _look(request: PageRequest, copy: RedactedCopy, shown: Page[RedactedLine]) -> None:
    numbers = [one.number for one in shown]
    look_at_lines(copy=copy, numbers=numbers, by=request.standing.person, now=timezone.now())


def _next(shown: Page[RedactedLine]) -> int:
    return shown.next_page_number() if shown.has_next() else shown.number


def _lead(copy: RedactedCopy) -> str:
    if copy.undone_at is not None:
        return f"Withdrawn: {copy.undone_reason}"
    if copy.final_at is not None:
        return f"Final since {timezone.localtime(copy.final_at):%-d %B %Y}, looked at line by line."
    return "Being looked at. Each line stands beside its original, with the words to look at."


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_line(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Word a line by hand."""
    lines = lines_rewritten_by(request.standing).filter(copy__review__reference=reference)
    line = found_or_refused(lines, request, pk=pk)
    review = found_led(request, reference)
    form = LineForm(sent(request), initial={name: getattr(line, name) for name in ("what", "place", "source")})
    at = (line.number - 1) // LINES_A_PAGE + 1
    return form_page(
        request,
        form=form,
        run=lambda: rewrite_line(line=line, by=request.standing.person, now=timezone.now(), **form.cleaned_data),
        done=f"Line {line.number} is rewritten and counts as looked at.",
        to=f"{href(request, 'chronology_copy', reference, line.copy_id)}?page={at}",
        button="Save the line",
        title=f"Rewrite line {line.number}",
        lead="Write roles where a name still stands. The original stays as it is.",
        above=way_to_merged(request, review),
        notes=[f"The original: {line.entry.what} Where: {line.entry.place or 'not said'}. Source: {line.entry.source}"],
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_copy_finish(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Make a copy final."""
    review, copy = found_led(request, reference), found_copy(request, reference, pk)
    return form_page(
        request,
        form=forms.Form(sent(request)),
        run=lambda: finish_copy(copy=copy, by=request.standing.person, now=timezone.now()),
        done="The copy is final. The readers of the review can take it as a file.",
        to=href(request, "chronology_copy", reference, pk),
        button="Make it final",
        title=f"Make redacted copy {copy.number} final",
        lead="The readers of this review can then take it as a file. It does not change any more.",
        above=way_to_merged(request, review),
    )


@within(Permission.RUN_REVIEWS)
@require_http_methods(METHODS)
def chronology_copy_withdraw(request: PageRequest, *, reference: str, pk: int) -> HttpResponse:
    """Take a copy back."""
    review, copy = found_led(request, reference), found_copy(request, reference, pk)
    form = ReasonForm(sent(request))
    return form_page(
        request,
        form=form,
        run=lambda: withdraw_copy(
            copy=copy, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now()
        ),
        done="The copy is withdrawn.",
        to=href(request, "chronology_redaction", reference),
        button="Withdraw it",
        kind="warning",
        title=f"Withdraw redacted copy {copy.number}",
        lead="Nobody can take it as a file any more. Whoever took it before is on the trail.",
        above=way_to_merged(request, review),
    )


@within(Permission.READ_REVIEWS)
@require_safe
def chronology_copy_file(request: PageRequest, *, reference: str, pk: int, file_format: str) -> HttpResponse:
    """A final copy as CSV or XLSX. The taking is on the trail."""
    copy, wanted = found_copy(request, reference, pk), format_of(file_format)
    final = copies_visible_to(request.standing).filter(undone_at__isnull=True, final_at__isnull=False)
    found = found_or_refused(final, request, pk=copy.pk)
    document = copy_document(found, lines_of_copy(found), now=timezone.now())
    return answer_file(
        request,
        found.review,
        name=document.file_name,
        content=document.written(wanted),
        file_format=wanted,
        what=f"redacted copy {found.number}",
        rows=document.row_count,
    )
