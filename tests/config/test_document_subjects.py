"""What documents can be filed on, tried for who may and who may not: decisions and contributions."""

from datetime import datetime
from io import BytesIO

import pytest
from django.urls import reverse

from tests.budget.years import sample_year
from tests.documents.attached import attached
from tests.meetings.meetings_made import executive, held
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.documents.enums import Marking
from trefoil.documents.operations import file_under
from trefoil.documents.queries import documents_about
from trefoil.documents.subjects import document_subject
from trefoil.meetings.operations.decisions import put_decision, withdraw_decision
from trefoil.people.enums import DutyKind


def test_documents_are_filed_on_a_decision_and_shown_on_its_page(world: World, now: datetime, client_for) -> None:
    made = executive(world, now)
    decision = put_decision(meeting=held(made, now), headline="Fund a worker", words="w", by=made.chair, now=now)
    reference = f"decision:{decision.pk}"
    named = {"group": made.group, "marking": Marking.GROUP_ONLY, "now": now, "file": BytesIO(b"A letter.")}
    attached(world, subject=reference, title="Scheme of delegation", by=made.chair, **named)
    page = reverse("decision_detail", args=["fairmead", decision.pk])
    assert "Scheme of delegation" in client_for(made.police).get(page).content.decode()
    assert "Scheme of delegation" not in client_for(world.bob).get(page).content.decode()
    assert document_subject(standing_of(world.bob, world.fairmead, now=now), reference) is None
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        attached(world, subject=reference, by=made.police, **named)
    withdraw_decision(decision=decision, reason="It was put too early.", by=made.chair, now=now)
    with pytest.raises(NotAllowedError, match="do not include attaching"):
        attached(world, subject=reference, by=made.chair, **named)


def test_documents_are_filed_on_a_contribution_and_shown_with_the_year(world: World, now: datetime) -> None:
    year = sample_year(world, now=now)
    one = year.contributions.earliest("pk")
    invoice = attached(world, now=now, subject=f"contribution:{one.pk}", title="Invoice")
    reader = standing_of(world.holder[DutyKind.SCRUTINEER], world.fairmead, now=now)
    record = document_subject(reader, year.reference)
    listed = documents_about(reader, year.reference, record.parts)
    assert [(line.document, line.part.words) for line in listed] == [(invoice, f"Contribution of {one}")]
    assert not record.may_attach
    file_under(document=invoice, subject=year.reference, by=world.manager, now=now)
    assert invoice.subject == year.reference
    bob = standing_of(world.bob, world.fairmead, now=now)
    assert document_subject(bob, f"contribution:{one.pk}") is None
    manager = standing_of(world.manager, world.fairmead, now=now)
    for wrong in ("contribution:0", "contribution:x", "contribution:" + "9" * 30, "budget_year:" + "9" * 30):
        assert document_subject(manager, wrong) is None
