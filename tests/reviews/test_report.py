"""Drafts in full and without names kept apart and sealed; findings; agencies' responses."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.documents.attached import PNG
from tests.reviews.late import a_draft, a_finding, local, recommended
from tests.reviews.made import CHILD, TEXT, chosen, notified, reading
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of, trail_visible_to
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.documents import storage
from trefoil.documents.models import Document, DocumentVersion
from trefoil.documents.operations import NO_REASON_HERE, withdraw
from trefoil.documents.rules import documents_visible_to
from trefoil.documents.sealing import opened, seal_files_again
from trefoil.documents.sweeping import sweep
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.reviews.enums_local import AgencyAnswer
from trefoil.reviews.models import ReportDraft
from trefoil.reviews.operations.chronology_redaction import add_redacted_word
from trefoil.reviews.operations.report import ask_response, give_response, receive_draft
from trefoil.reviews.queries_report import responses_of

ClientFor = Callable[[Person], Client]


def _file(client: Client, version: DocumentVersion | None) -> int:
    assert version is not None
    return client.get(reverse("document_file", args=["fairmead", version.document_id, version.number])).status_code


def test_draft_in_full_is_for_who_sees_the_child_and_lies_sealed(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    review = local(world, now)
    reading(review, world.analyst, now)
    draft = a_draft(review, now, text=CHILD)
    assert draft.full is not None
    assert draft.redacted is not None
    for version in (draft.full, draft.redacted):
        lying = storage.place(version.key).read_bytes()
        assert b"full" not in lying
        assert b"names" not in lying
        assert CHILD.split()[0] not in version.name
        assert review.reference in version.name
    assert CHILD.encode() in opened(draft.full)
    lead, panel = client_for(world.manager), client_for(world.analyst)
    assert (_file(lead, draft.full), _file(lead, draft.redacted)) == (200, 200)
    assert (_file(panel, draft.full), _file(panel, draft.redacted)) == (404, 200)
    answer = lead.get(reverse("document_file", args=["fairmead", draft.full.document_id, 1]))
    assert CHILD.encode() in b"".join(answer)
    page = panel.get(reverse("review_local", args=["fairmead", review.reference])).content.decode()
    assert "For those who see who the child is" in page
    assert AuditEvent.objects.filter(event=EventType.REVIEW_DRAFT_RECEIVED).count() == 1


def test_papers_of_a_review_are_nobodys_by_duty(world: World, now: datetime, client_for: ClientFor) -> None:
    review = local(world, now)
    draft = a_draft(review, now)
    assert Document.objects.count() == 2
    for kind in DutyKind:
        person = world.holder[kind]
        if person == world.manager:
            continue
        standing = standing_of(person, world.fairmead, now=now)
        assert not documents_visible_to(standing).exists(), kind
        seen = set(trail_visible_to(standing).values_list("subject", flat=True))
        assert not {one.reference for one in Document.objects.all()} & seen, kind
        assert _file(client_for(person), draft.redacted) == 404
        about = client_for(person).get(reverse("document_about", args=["fairmead", review.subject]))
        assert about.status_code == 404
    seen = set(trail_visible_to(standing_of(world.manager, world.fairmead, now=now)).values_list("subject", flat=True))
    assert {one.reference for one in Document.objects.all()} <= seen


def test_later_draft_is_a_version_of_the_same_documents(world: World, now: datetime) -> None:
    review = local(world, now)
    a_draft(review, now, is_final=False)
    last = a_draft(review, now)
    assert last.full is not None
    assert last.redacted is not None
    assert (last.number, last.full.number, last.redacted.number) == (2, 2, 1)
    assert Document.objects.count() == 2


def test_receive_draft_refuses_what_is_not_whole(world: World, now: datetime) -> None:
    review, today = local(world, now), timezone.localdate(now)
    full = (BytesIO(b"In full."), "report.txt")
    given = {"words": "", "full": full, "by": world.manager, "now": now}
    with pytest.raises(NotAllowedError, match="Send both"):
        receive_draft(review=review, received_on=today, is_final=True, **given)
    with pytest.raises(NotAllowedError, match="before the review was decided"):
        receive_draft(review=review, received_on=date(2026, 11, 1), is_final=False, **given)
    with pytest.raises(NotAllowedError, match="commission"):
        receive_draft(review=chosen(world, now), received_on=today, is_final=False, **given)
    given["full"] = (BytesIO(b"MZ"), "report.exe")
    with pytest.raises(NotAllowedError, match="not taken"):
        receive_draft(review=review, received_on=today, is_final=False, **given)
    assert not ReportDraft.objects.exists()
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"The review of {CHILD}.", "the child"),
        (f"THE {CHILD.split()[-1].upper()} FAMILY", "the family"),
        ("They lived at the Painted Balcony.", "the home"),
    ],
)
def test_file_without_names_is_refused_while_it_names_somebody(
    world: World, now: datetime, text: str, said: str
) -> None:
    review = local(world, now)
    add_redacted_word(review=review, words="painted balcony", role="the home", by=world.manager, now=now)
    redacted = (BytesIO(text.encode()), "redacted.txt")
    with pytest.raises(NotAllowedError, match=said) as refused:
        a_draft(review, now, redacted=redacted, is_read_through=True)
    assert CHILD.split()[-1] not in str(refused.value)
    assert "in the text" in str(refused.value)
    assert not ReportDraft.objects.exists()
    assert not Document.objects.exists()


def test_file_that_no_program_reads_is_taken_once_somebody_read_it(world: World, now: datetime) -> None:
    review, picture = local(world, now), (BytesIO(PNG), "scan.png")
    with pytest.raises(NotAllowedError, match="cannot read all of the file"):
        a_draft(review, now, redacted=picture)
    a_draft(review, now, redacted=picture, is_read_through=True)
    received = AuditEvent.objects.get(event=EventType.REVIEW_DRAFT_RECEIVED)
    assert received.detail["read_by_eye"] == 1


def test_sealed_files_are_put_under_a_new_key(world: World, now: datetime, settings: LazySettings) -> None:
    draft = a_draft(local(world, now), now, text=CHILD)
    assert draft.full is not None
    before = draft.full.key
    settings.FIELD_KEYS = ["a newer key than before", *settings.FIELD_KEYS]
    # What is put away after the transaction is put away here at once.
    assert seal_files_again() == 2
    draft.full.refresh_from_db()
    assert draft.full.key != before
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    assert CHILD.encode() in opened(draft.full)
    assert sweep(now=now).changed == ()


def test_withdrawn_paper_keeps_no_reason_and_opens_for_nobody(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    draft = a_draft(local(world, now), now)
    assert draft.full is not None
    withdraw(document=draft.full.document, reason=f"It names {CHILD}.", by=world.manager, now=now)
    draft.full.document.refresh_from_db()
    assert draft.full.document.withdrawn_why == NO_REASON_HERE
    assert _file(client_for(world.manager), draft.full) == 404
    assert not AuditEvent.objects.filter(reason__contains=CHILD).exists()


def test_finding_waits_for_the_decision(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="decided what follows"):
        a_finding(notified(world, now), now)
    review = local(world, now)
    a_finding(review, now)
    assert review.findings.get().theme == "voice"
    assert AuditEvent.objects.filter(event=EventType.REVIEW_FINDING_WRITTEN).count() == 1


def test_agency_is_asked_and_answers_to_a_recommendation(world: World, now: datetime) -> None:
    review, today = local(world, now), timezone.localdate(now)
    made = recommended(review, now)
    due_on = today + timedelta(days=10)
    asked = ask_response(recommendation=made, agency=world.police, due_on=due_on, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="asked already"):
        ask_response(recommendation=made, agency=world.police, due_on=due_on, by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="from today on"):
        ask_response(recommendation=made, agency=world.health, due_on=date(2026, 11, 1), by=world.manager, now=now)
    assert responses_of(review, due_on + timedelta(days=1))[0][1][0].is_late
    given = {"response": asked, "answer": AgencyAnswer.PARTLY, "words": TEXT, "answered_on": today, "now": now}
    with pytest.raises(NotAllowedError, match="reader of it"):
        give_response(by=world.dana, **given)
    reading(review, world.dana, now)
    give_response(by=world.dana, **given)
    assert responses_of(review, today)[0][1][0].status == ("orange", "Accepts it in part")
    with pytest.raises(NotAllowedError, match="already"):
        give_response(by=world.manager, **given)
    asked_for = {EventType.REVIEW_RESPONSE_ASKED, EventType.REVIEW_RESPONSE_GIVEN}
    assert AuditEvent.objects.filter(event__in=asked_for).count() == 2
