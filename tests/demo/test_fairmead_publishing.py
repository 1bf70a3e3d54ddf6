"""What Fairmead publishes: one document frozen, one half written with faults, one with the partners."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from trefoil.demo.borough import Borough, read_toml
from trefoil.demo.fairmead import _found, _people
from trefoil.demo.fairmead_budget import invent_budget
from trefoil.demo.fairmead_plan import make_plan
from trefoil.demo.fairmead_publishing import invent_documents
from trefoil.demo.fairmead_returns import invent_returns
from trefoil.publishing.content import Written, is_as_frozen, lines_of, written
from trefoil.publishing.enums import Found, PublicState
from trefoil.publishing.models import Edition, OfferAnswer, PublicDocument


@pytest.fixture
def borough(db: None, now: datetime) -> Borough:
    """Fairmead with its returns, its plan, its budget and its documents."""
    words = read_toml("fairmead.toml")
    began = now - timedelta(days=800)
    made = _found(words, began)
    _people(made, words, began)
    invent_returns(made, words, now)
    make_plan(made, now=now)
    invent_budget(made, now=now)
    invent_documents(made, now=now)
    return made


def _read(document: PublicDocument, now: datetime) -> tuple[Written, ...]:
    return written(document, today=timezone.localdate(now))


def test_invent_documents_shows_good_bad_and_waiting(borough: Borough, now: datetime) -> None:
    held = {one.kind: one for one in PublicDocument.objects.filter(partnership=borough.partnership)}
    assert {kind: one.state for kind, one in held.items()} == {
        "arrangements": PublicState.FROZEN,
        "yearly_report": PublicState.DRAFT,
        "committee_report": PublicState.WITH_PARTNERS,
    }
    report = held["yearly_report"]
    lines = lines_of(report, _read(report, now))
    assert {line.found for line in lines} == set(Found)
    assert any(line.key.startswith("block:") and line.is_missing for line in lines)
    edition = Edition.objects.select_related("offer").get()
    assert is_as_frozen(edition)
    assert {line["found"] for line in edition.offer.content["check"]} == {"present"}
    assert len(edition.offer.content["check"]) == 24
    pictures = [block["picture"] for one in edition.offer.content["sections"] for block in one["blocks"]]
    assert any(pictures)
    assert sorted(OfferAnswer.objects.exclude(offer=edition.offer).values_list("answer", flat=True)) == [
        "approves",
        "asks",
    ]


@pytest.mark.usefixtures("borough")
def test_invent_documents_happens_in_a_believable_order(now: datetime) -> None:
    for document in PublicDocument.objects.all():
        moments = [move.moved_at for move in document.moves.all()]
        assert [document.begun_at, *moments] == sorted([document.begun_at, *moments])
        assert all(moment <= now for moment in moments)
        assert not document.sections.filter(changed_at__gt=moments[0] if moments else now).exists()
