"""Typing a return's figures in, one theme at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import logs_read, within

from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from ..enums import FigureSource
from ..expected import Expected, expected_figures
from ..fingerprint import fingerprint
from ..forms_figures import FiguresForm, Line
from ..models import AgencyReturn, Figure
from ..operations.entries import ChangedMeanwhileError, Seen, take_figures
from ..queries_returns import row_of
from ..rows import FigureRow
from .returns_entry import stored_words
from .returns_figures import amount_words, entered_words
from .returns_page import ReturnRequest, about_own_return, detail_href, page


@dataclass(frozen=True)
class Part:
    """One theme of the form."""

    theme: Theme
    href: str
    is_current: bool


@dataclass(frozen=True)
class Clash:
    """A figure that somebody else changed while this person typed: what they typed, what is held now and by whom."""

    name: str
    typed: str
    held: str
    by: str


@within(Permission.ENTER_RETURN)
@require_http_methods(["GET", "HEAD", "POST"])
@about_own_return(Permission.ENTER_RETURN)
@logs_read("return:{pk}")
def return_form(request: ReturnRequest, **_parts: object) -> HttpResponse:
    """One theme's figures. Saving is not submitting; what somebody else changed is never overwritten unseen.

    It shows the figures held, so reading it is on the trail.
    """
    held = request.agency_return
    why_locked = held.why_locked_on(timezone.localdate())
    expected = expected_figures(held.indicators, held.period, catalogue())
    themes = list(dict.fromkeys(one.definition.theme for one in expected))
    theme = next((one for one in themes if one.slug == request.GET.get("part")), themes[0] if themes else None)
    wanted = [one for one in expected if one.definition.theme is theme]
    current = _current(held, wanted)
    rows = [row_of(figure) for figure in current]
    mark = fingerprint(rows)
    form = FiguresForm(request.POST if request.method == "POST" else None, expected=wanted, held=rows, mark=mark)
    clashes: list[Clash] = []
    if request.method == "POST" and not why_locked and form.is_valid():
        try:
            return _saved(request, form, wanted, _after(themes, theme))
        except ChangedMeanwhileError:
            current = _current(held, wanted)
            clashes = clashes_of(form, current)
            form = _again(request, wanted, [row_of(figure) for figure in current])
        except NotAllowedError as error:
            form.add_error(None, f"{str(error)[:1].upper()}{str(error)[1:]}.".replace("..", "."))
    place = themes.index(theme) + 1 if theme else 0
    return page(
        request,
        "form",
        title=theme.title if theme else "Type figures in",
        lead=f"Part {place} of {len(themes)} of {held}." if len(themes) > 1 else f"{held}.",
        form=form,
        parts=_parts_of(request, held, themes, theme),
        clashes=clashes,
        why_locked=why_locked,
        is_last=theme is not None and _after(themes, theme) is None,
        back=detail_href(request, held),
    )


def _current(held: AgencyReturn, wanted: Sequence[Expected]) -> list[Figure]:
    """The figures held now of the measures on this page."""
    indicators = {one.definition.id for one in wanted}
    return list(held.figures.current().filter(indicator__in=indicators).select_related("entered_by"))


def _saved(
    request: ReturnRequest, form: FiguresForm, wanted: Sequence[Expected], following: Theme | None
) -> HttpResponseRedirect:
    """Store the page's figures and go to the next part, or to the return. Raises NotAllowedError."""
    held = request.agency_return
    loaded = take_figures(
        agency_return=held,
        rows=form.rows,
        findings=[],
        source=FigureSource.FORM,
        by=request.standing.person,
        now=timezone.now(),
        seen=Seen(frozenset(one.definition.id for one in wanted), form.cleaned_data["seen"]),
    )
    messages.success(request, stored_words(loaded))
    if following is None or "leave" in request.POST:
        return redirect(detail_href(request, held))
    return redirect(_part_href(request, held, following))


def _again(request: ReturnRequest, wanted: Sequence[Expected], rows: Sequence[FigureRow]) -> FiguresForm:
    """The form as it was typed, with the mark of the figures held now: saving it again is then a choice.

    A line that this person left empty takes what the other one gave.
    """
    data, mark = request.POST.copy(), fingerprint(rows)
    data["seen"] = mark
    for line in FiguresForm(None, expected=wanted, held=rows, mark=mark).lines:
        names = [bound.name for bound in line.fields.values()]
        if line.held is not None and not any(data.get(name, "").strip() for name in names):
            for bound in line.fields.values():
                data[bound.name] = str(bound.value() or "")
    return FiguresForm(data, expected=wanted, held=rows, mark=mark)


def clashes_of(form: FiguresForm, current: Sequence[Figure]) -> list[Clash]:
    """Where what was typed is not what is held now."""
    typed = {row.key: row for row in form.rows}
    names = {line.key: line for line in form.lines}
    clashes = []
    for figure in current:
        held = row_of(figure)
        line, mine = names.get(held.key), typed.get(held.key)
        if line is not None and (mine is None or fingerprint([mine]) != fingerprint([held])):
            clashes.append(Clash(_name(line), _typed_words(line), _held_words(line, figure), entered_words(figure)))
    return clashes


def _name(line: Line) -> str:
    return f"{line.definition.title}, {line.label}, {line.period.label}"


def _typed_words(line: Line) -> str:
    said = [str(bound.value() or "").strip() for bound in line.fields.values()]
    return ", ".join(words for words in said if words) or "nothing"


def _held_words(line: Line, figure: Figure) -> str:
    amount = amount_words(line.definition, figure) or f"not given: {figure.missing_reason}"
    return f"{amount}; {figure.note}" if figure.note else amount


def _after(themes: Sequence[Theme], theme: Theme | None) -> Theme | None:
    place = themes.index(theme) + 1 if theme in themes else len(themes)
    return themes[place] if place < len(themes) else None


def _part_href(request: ReturnRequest, held: AgencyReturn, theme: Theme) -> str:
    return reverse("return_form", args=[request.standing.partnership.slug, held.pk]) + f"?part={theme.slug}"


def _parts_of(request: ReturnRequest, held: AgencyReturn, themes: Sequence[Theme], current: Theme | None) -> list[Part]:
    return [Part(theme, _part_href(request, held, theme), theme is current) for theme in themes]
