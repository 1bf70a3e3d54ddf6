"""What leaves a meeting as a document: the papers pack, the committee report; and what goes from it to the plan."""

import io

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import memberships_visible_to
from trefoil.access.url_rules import PageRequest, logs_read, within
from trefoil.documents.content import FileKind, RefusedFileError, inspect_file
from trefoil.editing.drafts import DraftRequest, keeps_draft
from trefoil.indicators.views.answers import answer_with_file
from trefoil.people.models import in_force
from trefoil.plan.enums import SourceKind
from trefoil.plan.operations.actions import propose_action
from trefoil.plan.operations.recommendations import add_recommendation
from trefoil.plan.rules import recommendations_visible_to

from ..forms_documents import RecommendForm, ReportForm
from ..models import Meeting
from ..pack.contents import cover_of, papers_of
from ..pack.joining import TooManyPagesError, join
from ..queries import day_of
from ..report.contents import Asked, sections_of, short_words
from ..report.filling import TemplateError, fill, plain
from ..words import day_words
from .frame import form_page, found_papers, found_to_run, href, page, sent, way

METHODS = ["GET", "HEAD", "POST"]
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@within(Permission.READ_MEETINGS)
@require_safe
@logs_read("meeting:{pk}/pack")
def meeting_pack(request: PageRequest, *, pk: int) -> HttpResponse:
    """The agenda and every paper as one PDF."""
    meeting = found_papers(request, pk)
    papers = papers_of(request.standing, meeting)
    try:
        content = join(cover_of(meeting), papers, on=timezone.localdate())
    except TooManyPagesError as error:
        messages.error(request, f"{error} Open the papers one by one.")
        return redirect("meeting_detail", request.standing.partnership.slug, pk)
    return answer_with_file(
        request,
        page=f"meeting:{pk}/pack",
        name=f"{meeting.group.slug}-{day_of(meeting)}-papers.pdf",
        content=content,
        content_type="application/pdf",
        rows=len(papers),
    )


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
@keeps_draft("meeting:{pk}:plan")
def meeting_recommend(request: DraftRequest, *, pk: int) -> HttpResponse:
    """Put a recommendation of the meeting into the plan, and an action for an agency if one was given."""
    meeting = found_to_run(request, pk)
    places = memberships_visible_to(request.standing).filter(in_force(timezone.localdate()))
    agencies = {one.agency_id: one.agency for one in places}
    form = RecommendForm(
        sent(request), agencies=[(key, agency.name) for key, agency in agencies.items()], draft=request.draft
    )

    def run() -> None:
        given, by, now = form.cleaned_data, request.standing.person, timezone.now()
        recommendation = add_recommendation(
            partnership=request.standing.partnership,
            words=given["words"],
            source_kind=SourceKind.MEETING,
            source_reference=f"meeting:{meeting.pk}",
            made_on=min(day_of(meeting), timezone.localdate(now)),
            by=by,
            now=now,
        )
        if given["agency"] is not None:
            propose_action(
                partnership=request.standing.partnership,
                agency=agencies[given["agency"]],
                title=given["title"],
                due_on=given["due_on"],
                recommendation=recommendation,
                by=by,
                now=now,
            )

    return form_page(
        request,
        form=form,
        run=run,
        done="It is in the plan.",
        to=href(request, "meeting_detail", pk),
        button="Put it into the plan",
        title="Into the plan",
        lead=f"What {meeting} says ought to change. The plan keeps where it came from.",
        above=way(request, meeting),
    )


def raised_by(request: PageRequest, meeting: Meeting) -> list[str]:
    """The recommendations of a meeting, in words, for who may read the plan."""
    found = recommendations_visible_to(request.standing).filter(source_reference=f"meeting:{meeting.pk}")
    return list(found.order_by("pk").values_list("words", flat=True))


@within(Permission.READ_MEETINGS)
@require_http_methods(METHODS)
def meeting_report(request: PageRequest, *, pk: int) -> HttpResponse:
    """Write a report to a committee, in the council's own template or a plain one."""
    meeting = found_to_run(request, pk)
    initial = {
        "title": f"Report of {meeting.group}, {day_words(day_of(meeting))}",
        "author": meeting.partnership.name,
        "background": meeting.group.purpose,
    }
    files = request.FILES if request.method == "POST" else None
    form = ReportForm(sent(request), files, initial=initial)
    if request.method == "POST" and form.is_valid() and (report := _report(request, form, meeting)):
        return report
    return page(
        request,
        "form_page",
        title="Write a committee report",
        lead="A Word document from the record of this meeting.",
        above=way(request, meeting),
        form=form,
        button="Make the report",
        multipart=True,
        notes=[
            "In your council’s template, words in double braces such as {{ title }}, {{ committee }}, {{ date }}, "
            "{{ purpose }}, {{ background }}, {{ decisions }}, {{ actions }} and {{ recommendations }} are filled in. "
            "Without them the text goes under the headings that councils use, and the rest to the end."
        ],
        back=href(request, "meeting_detail", pk),
        back_words="Back to the meeting",
    )


def _report(request: PageRequest, form: ReportForm, meeting: Meeting) -> HttpResponse | None:
    """The document; None, with the reason on the form, when the template cannot be filled."""
    given = form.cleaned_data
    names = ("committee", "title", "author", "purpose", "background", "recommendations")
    asked = Asked(committee_day=day_words(given["committee_day"]), **{name: given[name] for name in names})
    short, sections = short_words(meeting, asked), sections_of(meeting, asked, raised_by(request, meeting))
    if given["template"] is None:
        content = plain(asked.title, [(label, words) for _, label, words in short], sections)
    else:
        try:
            if inspect_file(given["template"], given["template"].name) is not FileKind.DOCX:
                raise TemplateError("The template has to be a Word document (.docx).")
            held = io.BytesIO(given["template"].read())
            content = fill(held, {name: words for name, _, words in short}, sections).content
        except (TemplateError, RefusedFileError) as error:
            form.add_error("template", str(error))
            return None
    return answer_with_file(
        request,
        page=f"meeting:{meeting.pk}/report",
        name=f"{meeting.group.slug}-{day_of(meeting)}-report.docx",
        content=content,
        content_type=WORD,
        rows=len(sections),
    )
