"""Papers under the items of an agenda: shown there, in the pack in that order, filed elsewhere, made from the plan."""

import io
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from tests.documents.attached import pdf
from tests.meetings.meetings_made import called
from tests.meetings.samples import coming
from tests.plan.made import a_priority, a_recommendation, an_action, said_by_families
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import attach, file_under, withdraw
from trefoil.documents.storage import place
from trefoil.documents.subjects import document_subject
from trefoil.meetings.operations.agenda import add_item, move_item, remove_item
from trefoil.meetings.operations.calling import cancel_meeting
from trefoil.meetings.operations.papers import add_plan_paper
from trefoil.meetings.pack.contents import papers_of
from trefoil.meetings.papers import filing_places, papers_listed, reference_of
from trefoil.plan.enums import ActionState

REASON = "It comes back in spring."


@pytest.fixture
def meeting(made, now):
    """A meeting to come with the items a, b and c."""
    held = called(made, now)
    for title in "abc":
        add_item(meeting=held, title=title, by=made.chair, now=now)
    return held


@pytest.fixture
def paper(made, now):
    """`paper(title, subject)`: a PDF for the group, filed there by the chair."""

    def filed(title: str, subject: str) -> Document:
        return attach(
            partnership=made.group.partnership,
            subject=subject,
            title=title,
            marking=Marking.GROUP_ONLY,
            group=made.group,
            file=io.BytesIO(pdf()),
            name="paper.pdf",
            by=made.chair,
            now=now,
        )

    return filed


@pytest.fixture
def stands(made, now):
    return lambda person: standing_of(person, made.group.partnership, now=now)


def item_of(meeting, title):
    return meeting.items.get(title=title)


def test_papers_stand_in_the_order_of_the_agenda(made, now, meeting, paper, stands) -> None:
    paper("Whole", f"meeting:{meeting.pk}")
    for title in "cab":
        paper(f"Paper of {title}", reference_of(item_of(meeting, title)))
    found = papers_of(stands(made.police), meeting)
    assert [(one.under, one.title) for one in found] == [
        ("1. a", "Paper of a"),
        ("2. b", "Paper of b"),
        ("3. c", "Paper of c"),
        ("", "Whole"),
    ]
    move_item(item=item_of(meeting, "c"), places=-2, by=made.chair, now=now)
    assert [one.under for one in papers_of(stands(made.police), meeting)] == ["1. c", "2. a", "3. b", ""]
    assert papers_of(stands(made.world.alice), meeting) == []


def test_papers_of_an_item_taken_off_stay_on_record_and_leave_the_pack(made, now, meeting, paper, stands) -> None:
    item = item_of(meeting, "b")
    document = paper("Paper of b", reference_of(item))
    remove_item(item=item, reason=REASON, by=made.chair, now=now)
    chair = stands(made.chair)
    assert papers_listed(chair, meeting) == []
    assert filing_places(meeting)[-1].words == "Taken off the agenda: b"
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        paper("Another", reference_of(item))
    file_under(document=document, subject=reference_of(item_of(meeting, "c")), by=made.chair, now=now)
    assert [one.part.words for one in papers_listed(chair, meeting)] == ["2. c"]


def test_file_under_writes_the_trail_and_goes_back_to_the_whole(made, now, meeting, paper, last) -> None:
    whole, part = f"meeting:{meeting.pk}", reference_of(item_of(meeting, "a"))
    document = paper("A paper", whole)
    file_under(document=document, subject=part, by=made.chair, now=now)
    assert (document.subject, last(EventType.DOCUMENT_FILED).detail["was"]) == (part, whole)
    file_under(document=document, subject=whole, by=made.chair, now=now)
    assert Document.objects.get(pk=document.pk).subject == whole


def test_file_under_refusals(made, now, meeting, paper) -> None:
    other = called(made, now, days=30)
    strange = add_item(meeting=other, title="x", by=made.chair, now=now)
    document, named = paper("A paper", f"meeting:{meeting.pk}"), {"by": made.chair, "now": now}
    for wrong in (reference_of(strange), f"meeting:{other.pk}", "action:1"):
        with pytest.raises(NotAllowedError, match="only under a part"):
            file_under(document=document, subject=wrong, **named)
    with pytest.raises(NotAllowedError, match="filed there already"):
        file_under(document=document, subject=document.subject, **named)
    target = reference_of(item_of(meeting, "a"))
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        file_under(document=document, subject=target, by=made.police, now=now)
    withdraw(document=document, reason="It named a family.", **named)
    with pytest.raises(NotAllowedError, match="in the meantime"):
        file_under(document=document, subject=target, **named)


def test_item_of_a_cancelled_meeting_takes_no_paper(made, now, meeting, paper) -> None:
    cancel_meeting(meeting=meeting, reason="Nobody can come.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        paper("A paper", reference_of(item_of(meeting, "a")))


def test_item_is_a_subject_for_its_group_alone(made, meeting, stands) -> None:
    reference = reference_of(item_of(meeting, "a"))
    assert document_subject(stands(made.chair), reference).may_attach
    assert not document_subject(stands(made.police), reference).may_attach
    assert document_subject(stands(made.world.bob), reference) is None
    for wrong in ("agenda_item:x", "agenda_item:9" + "9" * 30, "agenda_item:"):
        assert document_subject(stands(made.chair), wrong) is None


def test_paper_is_attached_to_an_item_shown_with_it_and_moved_on_the_pages(world, now, client_for) -> None:
    asking = SimpleNamespace(world=world, now=now, person=world.bob)
    meeting, client = coming(asking), client_for(world.bob)
    worker, risks = meeting.items.on_the_agenda()
    sent = {"upload": SimpleUploadedFile("p.pdf", pdf()), "title": "The case for money", "marking": "open", "group": ""}
    about = reverse("document_about", args=["fairmead", f"meeting:{meeting.pk}"])
    client.post(about, {**sent, "place": reference_of(worker)})
    document = Document.objects.get()
    assert document.subject == reference_of(worker)
    for page in ("meeting_detail", "agenda_edit", "meeting_run"):
        shown = client.get(reverse(page, args=["fairmead", meeting.pk])).content.decode()
        assert shown.index("The case for money") < shown.index("2. Risks")
    page = reverse("document_detail", args=["fairmead", document.pk])
    assert "2. Risks" in client.get(page).content.decode()
    answer = client.post(page, {"which": "place", "place": reference_of(risks)}, follow=True)
    assert "The document is filed there." in answer.content.decode()
    document.refresh_from_db()
    assert document.subject == reference_of(risks)
    assert "There is a problem" in client.post(page, {"which": "place", "place": "agenda_item:0"}).content.decode()
    assert "There is a problem" in client.post(about, {**sent, "place": "agenda_item:0"}).content.decode()


def test_meeting_page_asks_the_same_for_one_paper_and_three(
    made, client_for, meeting, paper, django_assert_max_num_queries
) -> None:
    address = reverse("meeting_detail", args=["fairmead", meeting.pk])
    client, numbers = client_for(made.police), []
    for title in "abc":
        paper(title, reference_of(item_of(meeting, title)))
        with django_assert_max_num_queries(200) as asked:
            client.get(address)
        numbers.append(len(asked))
    assert numbers[0] == numbers[-1]


def text_of(document: Document) -> str:
    return " ".join(
        " ".join(page.extract_text() for page in PdfReader(place(document.versions.first().key)).pages).split()
    )


def test_add_plan_paper_says_how_the_priority_stands(made, now, meeting, last) -> None:
    world = made.world
    priority = a_priority(world, now=now)
    action = an_action(world, now=now, state=ActionState.DONE)
    said_by_families(action, world, now=now)
    item = item_of(meeting, "b")
    document = add_plan_paper(item=item, priority=priority, by=made.chair, now=now)
    assert (document.subject, document.marking) == (reference_of(item), Marking.GROUP_ONLY)
    assert last(EventType.AGENDA_CHANGED).detail == {"paper": document.pk, "priority": priority.pk, "item": item.pk}
    words = text_of(document)
    for expected in ("Priority: Neglect", action.title, "What the evidence shows", "Nobody has judged an impact yet."):
        assert expected in words


def test_add_plan_paper_again_is_a_newer_version(made, now, meeting) -> None:
    priority, item = a_priority(made.world, now=now), item_of(meeting, "b")
    named = {"item": item, "priority": priority, "by": made.chair}
    first = add_plan_paper(now=now, **named)
    with pytest.raises(NotAllowedError, match="this very file"):
        add_plan_paper(now=now, **named)
    a_recommendation(made.world, now=now, priority=priority)
    assert add_plan_paper(now=now + timedelta(days=1), **named) == first
    assert first.versions.count() == 2


def test_add_plan_paper_under_another_item_refused(made, now, meeting, stands) -> None:
    priority, named = a_priority(made.world, now=now), {"by": made.chair, "now": now}
    first = add_plan_paper(item=item_of(meeting, "b"), priority=priority, **named)
    with pytest.raises(NotAllowedError, match=r"in the papers already, under “2\. b”"):
        add_plan_paper(item=item_of(meeting, "c"), priority=priority, **named)
    file_under(document=first, subject=f"meeting:{meeting.pk}", **named)
    with pytest.raises(NotAllowedError, match="in the papers already, under the meeting as a whole"):
        add_plan_paper(item=item_of(meeting, "c"), priority=priority, **named)
    assert [one.title for one in papers_of(stands(made.chair), meeting)] == [first.title]
    # What left the agenda with its item is not in the papers any more.
    file_under(document=first, subject=reference_of(item_of(meeting, "b")), **named)
    remove_item(item=item_of(meeting, "b"), reason=REASON, **named)
    add_plan_paper(item=item_of(meeting, "c"), priority=priority, **named)
    assert [(one.under, one.title) for one in papers_of(stands(made.chair), meeting)] == [("2. c", first.title)]


def test_add_plan_paper_refusals(made, now, meeting) -> None:
    priority, item = a_priority(made.world, now=now), item_of(meeting, "b")
    with pytest.raises(NotAllowedError, match="chair of Partners"):
        add_plan_paper(item=item, priority=priority, by=made.police, now=now)
    cancel_meeting(meeting=meeting, reason="Nobody can come.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        add_plan_paper(item=item, priority=priority, by=made.chair, now=now)


def test_plan_paper_page_puts_it_under_the_item(world, now, client_for) -> None:
    asking = SimpleNamespace(world=world, now=now, person=world.bob)
    meeting, client = coming(asking), client_for(world.bob)
    priority, item = a_priority(world, now=now), meeting.items.on_the_agenda()[0]
    address = reverse("meeting_plan_paper", args=["fairmead", meeting.pk])
    shown = client.post(address, {"item": item.pk, "priority": priority.pk}, follow=True).content.decode()
    assert "The priority is in the papers" in shown
    assert "Priority: Neglect" in shown
    assert "There is a problem" in client.post(address, {"item": "", "priority": ""}).content.decode()
    assert client_for(world.alice).get(address).status_code == 404
