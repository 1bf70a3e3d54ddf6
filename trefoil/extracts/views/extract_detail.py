"""One extract: how far its check is, what was found, what may be done now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.url_rules import found_or_refused, logs_read, within
from trefoil.indicators.downloads.document import Document, FileFormat, TableSheet
from trefoil.indicators.views.answers import answer_with_document

from ..enums import Decision, ExtractState, Level
from ..forms import ReasonForm
from ..intake import RULES
from ..models import Extract, ExtractMove, FindingCount
from ..operations.extracts import check_again
from ..progress import NOTHING_YET, stage_lines
from ..queries import findings_of, level_totals, listed_in, report_rows
from ..retention import delete_now, kept_until
from ..rules import (
    finding_counts_visible_to,
    months_kept,
    raw_until,
    values_visible_to,
    why_not_checked_again,
    why_not_deleted,
)
from ..tasks import queue
from .extract_page import READS, ExtractRequest, about_extract, counted, day_words, detail_href, page, size_words
from .extract_words import COLOURS, line_of

PER_PAGE = 100
HEADINGS = ("Level", "File", "Sheet", "Row", "Column", "Value", "What is wrong", "What to do")


@within(*READS)
@require_safe
@about_extract
@logs_read("extract:{pk}")
def extract_detail(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """The page of an extract. While it is checked it says how far that is, and comes again by itself."""
    held, standing = request.extract, request.standing
    moves = list(held.moves.select_related("moved_by"))
    line = line_of(held, standing)
    counts = finding_counts_visible_to(standing)
    totals = level_totals(counts, held)
    return page(
        request,
        "detail",
        title=str(held),
        lead=lead_of(held, totals),
        line=line,
        colour=COLOURS[ExtractState(held.state)],
        facts=_facts(held, line.next_step),
        why=moves[-1].reason if held.state == ExtractState.FAILED and moves else "",
        findings=[_finding_line(one) for one in findings_of(counts, held)],
        totals=totals,
        tables=sorted(held.rows.items()),
        moves=_history(moves),
        stages=stage_lines(held) if held.is_in_work else (),
        step=held.step or NOTHING_YET,
        stage=held.stage or NOTHING_YET,
        waits=_waits(request) if held.state == ExtractState.WAITING else None,
        may_load=standing.may(Permission.EXTRACT_LOAD),
        may_read=standing.may(Permission.EXTRACT_FIGURES),
        may_rows=standing.may(Permission.EXTRACT_ROWS) and held.is_stored,
        may_delete=not why_not_deleted(held, standing),
    )


@dataclass(frozen=True)
class Waits:
    """What a waiting extract waits for: values of its agency to decide, and how long its file is kept."""

    values: str
    until: str
    why_not: str


def _waits(request: ExtractRequest) -> Waits:
    held, standing = request.extract, request.standing
    many = values_visible_to(standing).filter(agency=held.agency, decision=Decision.WAITING).count()
    until = timezone.localtime(raw_until(held))
    why_not = why_not_checked_again(held, standing, timezone.now())
    return Waits(counted(many, "value") if many else "", f"{until:%-d %B %Y, %H:%M}", why_not)


@within(Permission.EXTRACT_LOAD)
@require_POST
@about_extract
def extract_again(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """Have the kept file checked again, with what its values mean by now."""
    held = request.extract
    try:
        check_again(extract=held, by=request.standing.person, now=timezone.now())
    except NotAllowedError as error:
        messages.error(request, f"{str(error)[:1].upper()}{str(error)[1:]}.")
    else:
        queue(held)
        messages.success(request, "The file is checked again, with what its values mean by now.")
    return redirect(detail_href(request, held))


def _finding_line(one: FindingCount) -> tuple[FindingCount, str, str, str]:
    """With its level and colour, and what is wrong in words."""
    level = Level(one.level)
    return one, level.label, _COLOURS[level], RULES.get(one.rule, one.rule)


_COLOURS = {Level.FAULT: "red", Level.UNMAPPED: "orange", Level.WARNING: "yellow"}


def lead_of(held: Extract, totals: dict[str, int]) -> str:
    """Where it stands, in one or two sentences."""
    faults, unmapped = totals[Level.FAULT], totals[Level.UNMAPPED]
    match held.state:
        case ExtractState.REFUSED:
            were = "was" if faults == 1 else "were"
            return f"Nothing was stored: {counted(faults, 'fault')} {were} found, as set out below."
        case ExtractState.WAITING:
            one = unmapped == 1
            return (
                f"Nothing was stored yet: {counted(unmapped, 'row')} {'holds' if one else 'hold'} a value that stands "
                "in no code list."
            )
        case ExtractState.STORED:
            warned = totals[Level.WARNING]
            return f"Stored: {counted(held.rows_in_all, 'row')}." + (
                f" {counted(warned, 'warning')} did not stand against it." if warned else ""
            )
        case ExtractState.FAILED:
            return "The check stopped before its end. Nothing was stored and the file is gone."
        case ExtractState.DELETED:
            return "What it held is deleted. These facts about the file are kept."
    return "It is being checked. You can leave this page and come back."


def _facts(held: Extract, next_step: str) -> list[tuple[str, str]]:
    by = held.received_by.name if held.received_by else "the command line"
    received = timezone.localtime(held.received_at)
    facts = [
        ("Next step", next_step),
        ("Agency", held.agency.name),
        ("Kind", held.get_shape_display() + (f", edition {held.edition}" if held.edition else "")),
        ("As at", day_words(held.as_at)),
        ("Received", f"{received:%-d %B %Y, %H:%M}, from {by}"),
        ("File", f"{held.file_name} ({size_words(held.size)})"),
    ]
    if held.year:
        facts.insert(4, ("Year", f"{held.year - 1}-{held.year % 100:02d}"))
    if held.is_stored:
        facts.append(("Kept until", day_words(kept_until(held, months_kept(held.partnership)))))
    return facts


def _history(moves: Sequence[ExtractMove]) -> list[tuple[str, str, str, str]]:
    """When, what, who and why, newest first."""
    return [
        (
            f"{timezone.localtime(move.moved_at):%-d %B %Y, %H:%M}",
            move.get_to_state_display(),
            move.moved_by.name if move.moved_by else "The installation",
            move.reason or "–",
        )
        for move in reversed(moves)
    ]


@within(*READS)
@require_safe
@about_extract
def extract_progress(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """How far the check is, for the page's script: the share, the stage, more in words, whether it has ended."""
    held = request.extract
    told = {"share": held.progress, "stage": held.stage or NOTHING_YET, "step": held.step or NOTHING_YET}
    return JsonResponse({**told, "ended": not held.is_in_work})


@within(Permission.EXTRACT_LOAD)
@require_safe
@about_extract
@logs_read("extract:{pk}")
def extract_finding(request: ExtractRequest, *, finding: int, **_parts: object) -> HttpResponse:
    """One rule in one column: each place where it was broken, as far as they are listed."""
    own = finding_counts_visible_to(request.standing).filter(extract=request.extract)
    count = found_or_refused(own, request, pk=finding)
    shown = Paginator(listed_in(count), PER_PAGE).get_page(request.GET.get("page"))
    return page(
        request,
        "finding",
        title=RULES.get(count.rule, count.rule),
        lead=count.cure,
        count=count,
        level=Level(count.level).label,
        colour=_COLOURS[Level(count.level)],
        count_words=counted(count.found, "time"),
        listed=shown.paginator.count,
        shown=shown,
    )


@within(Permission.EXTRACT_LOAD)
@require_safe
@about_extract
def extract_report(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """The findings as CSV, to put right in the source system. The download is on the trail."""
    held = request.extract
    rows = tuple(
        (
            one.count.get_level_display(),
            one.count.file,
            one.sheet,
            one.row,
            one.count.column,
            one.value,
            RULES.get(one.count.rule, one.count.rule),
            one.count.cure,
        )
        for one in report_rows(finding_counts_visible_to(request.standing), held)
    )
    name = f"extract-{held.pk}-report"
    sheet = TableSheet("Findings", HEADINGS, rows)
    document = Document(name, f"What the check of {held} found", (), (sheet,))
    return answer_with_document(request, "extract_report", document, FileFormat.CSV)


@within(Permission.EXTRACT_LOAD)
@require_http_methods(["GET", "HEAD", "POST"])
@about_extract
def extract_delete(request: ExtractRequest, **_parts: object) -> HttpResponse:
    """Delete what an extract held, with a reason. The facts about the file stay."""
    held = request.extract
    form = ReasonForm(
        request.POST if request.method == "POST" else None,
        label="Why is it deleted?",
        hint="The reason is kept with your name, the facts about the file and the date.",
    )
    why_not = why_not_deleted(held, request.standing)
    if request.method == "POST" and not why_not and form.is_valid():
        try:
            delete_now(held, reason=form.cleaned_data["reason"], by=request.standing.person, now=timezone.now())
        except NotAllowedError as error:
            form.add_error("reason", f"{str(error)[:1].upper()}{str(error)[1:]}.")
        else:
            messages.success(request, "The extract is deleted: its rows, its figures and what its check found.")
            return redirect(detail_href(request, held))
    lead = "Its rows, its figures and what its check found go, and cannot be brought back."
    return page(
        request,
        "delete",
        title="Delete this extract",
        lead=lead,
        form=form,
        why_not=why_not,
        back=detail_href(request, held),
    )
