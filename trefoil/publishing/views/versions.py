"""The history of a section's words: who saved what and when, what changed, and earlier words put back."""

from dataclasses import dataclass
from itertools import pairwise

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.url_rules import PageRequest, found_or_refused, within
from trefoil.design.frame import Crumb
from trefoil.plan.views.frame import Ask, href, sent, why_not

from ..differences import counts, word_changes
from ..forms import PutBackForm
from ..models import Section, SectionVersion
from ..operations.versions import put_words_back
from ..prose import plain
from ..rules import check_is_draft, sections_visible_to, versions_visible_to
from .frame import asked, document_crumbs, page

MOST = 50


@dataclass(frozen=True)
class VersionLine:
    """One saving and how many words it added and removed."""

    version: SectionVersion
    added: int
    removed: int


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_history(request: PageRequest, *, pk: int) -> HttpResponse:
    """Every saving of a section's words, the newest first."""
    section = _section(request, pk)
    held = list(versions_visible_to(request.standing).filter(section=section).order_by("-number")[: MOST + 1])
    lines = [_line(one, before) for one, before in pairwise([*held, None]) if one is not None][:MOST]
    return page(
        request,
        "history",
        title=f"History of the words: {section.title}",
        lead=f"The words were saved {len(held)} time{'' if len(held) == 1 else 's'}." if len(held) <= MOST else "",
        above=_above(request, section),
        section=section,
        lines=lines,
        is_cut=len(held) > MOST,
    )


@within(Permission.WRITE_PUBLISHING)
@require_safe
def publishing_version(request: PageRequest, *, pk: int, number: int) -> HttpResponse:
    """One saving: what it changed, and how it differs from the words of today."""
    section, version = _section(request, pk), _version(request, pk, number)
    before = versions_visible_to(request.standing).filter(section=section, number__lt=number).last()
    is_now = version.prose == section.prose
    return page(
        request,
        "version",
        title=f"Version {number} of the words: {section.title}",
        lead=f"Saved by {version.saved_by} on {timezone.localtime(version.saved_at):%-d %B %Y, %H:%M}.",
        above=(*_above(request, section), Crumb("History of the words", href(request, "publishing_history", pk))),
        section=section,
        version=version,
        is_now=is_now,
        changes=word_changes(before.prose if before else "", version.prose),
        since=() if is_now else word_changes(version.prose, section.prose),
        may_put_back=not is_now and section.document.is_draft,
    )


@within(Permission.WRITE_PUBLISHING)
@require_http_methods(["GET", "HEAD", "POST"])
def publishing_words_back(request: PageRequest, *, pk: int, number: int) -> HttpResponse:
    """Put earlier words back."""
    section, version = _section(request, pk), _version(request, pk, number)
    form = PutBackForm(sent(request), initial={"seen_version": section.version})
    ask = Ask(
        title="Put these words back",
        lead="The section says again what it said then. What it says now stays in the history.",
        button="Put them back",
        done="The earlier words are back.",
        back=href(request, "publishing_section", pk),
        facts=[
            ("Section", section.title),
            ("Words of", f"{timezone.localtime(version.saved_at):%-d %B %Y, %H:%M}, saved by {version.saved_by}"),
        ],
        why_not=why_not(lambda: check_is_draft(section.document)),
    )
    return asked(
        request,
        ask,
        form,
        lambda: put_words_back(
            section=section, number=number, by=request.standing.person, now=timezone.now(), **form.cleaned_data
        ),
        above=_above(request, section),
    )


def _line(version: SectionVersion, before: SectionVersion | None) -> VersionLine:
    return VersionLine(version, *counts(word_changes(plain(before.prose) if before else "", plain(version.prose))))


def _version(request: PageRequest, section: int, number: int) -> SectionVersion:
    found = versions_visible_to(request.standing).filter(section=section, number=number).first()
    if found is None:
        raise Http404
    return found


def _section(request: PageRequest, pk: int) -> Section:
    return found_or_refused(sections_visible_to(request.standing), request, pk=pk)


def _above(request: PageRequest, section: Section) -> tuple[Crumb, ...]:
    steps = document_crumbs(request, section.document)
    return (*steps, Crumb(section.title, href(request, "publishing_section", section.pk)))
