"""Any page of figures as a file. The address is the page's own words and the ending of the file."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, View, within

from ..catalogue.loader import catalogue
from ..catalogue.vocabulary import Theme
from ..downloads.about import about_page
from ..downloads.document import Document, FileFormat, TableSheet
from ..downloads.figures import dictionary_sheet, figures_sheet, indicator_sheets
from ..downloads.lists import compare_sheets, exceptions_sheet, returns_sheet
from ..evidence.findings import Finding
from ..evidence.gathering import gather
from ..rules import returns_visible_to
from .answers import answer_with_document
from .compare import comparison_asked_for
from .exceptions import exceptions_asked_for


def _file_of(page: str, build: Callable[..., Document], permission: Permission = Permission.READ_FIGURES) -> View:
    """A view that answers with what `build` makes of the request, as the kind of file that the address ends in."""

    def view(request: PageRequest, file_format: str, **parts: str) -> HttpResponse:
        if file_format not in list(FileFormat):
            raise Http404
        return answer_with_document(request, page, build(request, **parts), FileFormat(file_format))

    return within(permission)(require_GET(view))


def _document(
    request: PageRequest,
    name: str,
    *,
    title: str,
    what: str,
    sheets: tuple[TableSheet, ...],
    findings: tuple[Finding, ...] = (),
    returns_too: bool = False,
) -> Document:
    partnership, now = request.standing.partnership, _now()
    about = about_page(partnership, what=what, findings=findings, now=now, returns_too=returns_too)
    stamp = f"{timezone.localtime(now):%Y-%m-%d}"
    return Document(f"{partnership.slug}-{name}-{stamp}", f"{partnership.short_name}: {title}", about, sheets)


def _now() -> datetime:
    return timezone.now()


def _index(request: PageRequest) -> Document:
    findings = gather(request.standing.partnership, tuple(catalogue())).findings
    what = "Every measure that has a figure: the latest, what it is laid beside, and what the owner says."
    return _document(
        request, "figures", title="How are we doing", what=what, sheets=(figures_sheet(findings),), findings=findings
    )


def _theme(request: PageRequest, theme: str) -> Document:
    if theme not in {one.slug for one in catalogue().themes}:
        raise Http404
    findings = gather(request.standing.partnership, catalogue().in_theme(theme)).findings
    title = Theme(theme).title
    what = f"The measures of the theme “{title}”: the latest figure of each and what it is laid beside."
    return _document(
        request, theme, title=title, what=what, sheets=(figures_sheet(findings, title),), findings=findings
    )


def _indicator(request: PageRequest, indicator: str) -> Document:
    definition = catalogue().get(indicator)
    if definition is None:
        raise Http404
    evidence = gather(request.standing.partnership, [definition], in_parts=True)
    sheets = indicator_sheets(evidence.findings[0], evidence)
    what = f"Every figure held of “{definition.title}”, period by period."
    return _document(
        request, indicator.lower(), title=definition.title, what=what, sheets=sheets, findings=evidence.findings
    )


def _dictionary(request: PageRequest) -> Document:
    what = "What each measure means, who answers for it, and how it is worked out."
    sheet = dictionary_sheet(tuple(catalogue()))
    return _document(request, "dictionary", title="Dictionary of measures", what=what, sheets=(sheet,))


def _returns(request: PageRequest) -> Document:
    request.read_by_opening = request.standing.only_opened(Permission.READ_ALL_RETURNS)
    sheet = returns_sheet(returns_visible_to(request.standing), timezone.localdate(_now()))
    what = "The returns that you may read, newest first, with where each stands."
    return _document(request, "returns", title="Returns", what=what, sheets=(sheet,), returns_too=True)


def _compare(request: PageRequest) -> Document:
    comparison = comparison_asked_for(request)
    sheets = compare_sheets(comparison)
    findings = (comparison.invented,) if comparison.invented else ()
    what = f"“{comparison.definition.title}” as published, area by area."
    return _document(request, "compare", title="Compare areas", what=what, sheets=sheets, findings=findings)


def _exceptions(request: PageRequest) -> Document:
    items = exceptions_asked_for(request).items
    what = "What needs somebody, worst first: missed targets, signals, returns, questions and figures that are missing."
    return _document(
        request, "exceptions", title="The exceptions", what=what, sheets=(exceptions_sheet(items),), returns_too=True
    )


download_index = _file_of("index", _index)
download_theme = _file_of("theme", _theme)
download_indicator = _file_of("indicator", _indicator)
download_dictionary = _file_of("dictionary", _dictionary)
download_returns = _file_of("returns", _returns)
download_compare = _file_of("compare", _compare)
download_exceptions = _file_of("exceptions", _exceptions)
