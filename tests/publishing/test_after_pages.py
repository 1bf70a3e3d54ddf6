"""The way of an edition to the public, page by page: what each form does, who sees which, what the page then says."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from tests.publishing.made import IN_WORDS, a_sending, frozen, partner_of
from tests.publishing.test_pages import ClientFor, address, sent, shown
from tests.world import World
from trefoil.people.enums import DutyKind
from trefoil.publishing.models import Edition, PublicDocument, Sending
from trefoil.publishing.operations.publication import publish_edition


def day(name: str) -> dict[str, Any]:
    """The three boxes of a date, filled with the day of freezing."""
    today = timezone.localdate()
    return {f"{name}_{part}": getattr(today, part) for part in ("day", "month", "year")}


def a_yearly_report(world: World) -> Edition:
    """A frozen edition as that of a yearly report, of which the law asks most. Frozen now, as pages take the day."""
    edition = frozen(world, now=timezone.now())
    PublicDocument.objects.filter(pk=edition.document_id).update(kind="yearly_report", law="WT2023")
    return edition


def test_after_says_what_is_open_and_asks_nothing_of_a_member(world: World, client_for: ClientFor) -> None:
    edition = a_yearly_report(world)
    page = shown(client_for(world.manager), "publishing_after", edition.pk)
    assert "The independent scrutineer has said nothing of it yet." in page
    assert "Foundations, the What Works centre" in page
    assert "To be published by 30 September 2026" in page
    assert address("publishing_publish", edition.pk) in page
    member = shown(client_for(world.holder[DutyKind.GROUP_MEMBER]), "publishing_after", edition.pk)
    for name in ("publish", "scrutinise", "board", "send"):
        assert address(f"publishing_{name}", edition.pk) not in member


def test_forms_after_approval_are_for_whose_duty_it_is(world: World, client_for: ClientFor) -> None:
    edition = a_yearly_report(world)
    scrutineer = client_for(world.holder[DutyKind.SCRUTINEER])
    assert scrutineer.get(address("publishing_scrutinise", edition.pk)).status_code == 200
    for name in ("publish", "send", "take_down", "board"):
        assert scrutineer.get(address(f"publishing_{name}", edition.pk)).status_code == 404


def test_scrutinise_and_board_stand_on_the_page(world: World, client_for: ClientFor) -> None:
    edition = a_yearly_report(world)
    page = sent(
        client_for(world.holder[DutyKind.SCRUTINEER]),
        "publishing_scrutinise",
        edition.pk,
        words="It says what has not worked.",
        **day("said_on"),
    )
    assert "It says what has not worked." in page
    board = {"agency": world.police.pk, "board": "Governance board", "said": "noted", **day("taken_on")}
    page = sent(client_for(partner_of(world, world.police)), "publishing_board", edition.pk, **board)
    assert "Governance board, " in page
    assert "Noted it" in page


def test_send_acknowledge_and_take_back(world: World, client_for: ClientFor) -> None:
    edition, client = a_yearly_report(world), client_for(world.manager)
    assert 'value="PANEL-YR23"' in shown(client, "publishing_send", edition.pk)
    proof = {"sent_by": "email", "reference": "E-mail of 10.04", **day("sent_on")}
    assert "Write to whom it was sent" in sent(client, "publishing_send", edition.pk, recipient="other", **proof)
    sent(client, "publishing_send", edition.pk, recipient="other", sent_to="Governors", **proof)
    page = sent(client, "publishing_send", edition.pk, recipient="PANEL-YR23", **proof)
    assert "Governors" in page
    sending = Sending.objects.get(recipient="PANEL-YR23")
    page = sent(client, "publishing_acknowledge", sending.pk, acknowledgement="Their answer", **day("acknowledged_on"))
    assert "Acknowledged" in page
    assert "acknowledged or taken back already" in shown(client, "publishing_acknowledge", sending.pk)
    page = sent(client, "publishing_take_back", sending.pk, reason=IN_WORDS)
    assert "It counts no more" in page
    assert "taken it back already" in shown(client, "publishing_take_back", sending.pk)


def test_publish_take_down_put_back_and_begin_anew(world: World, client_for: ClientFor) -> None:
    edition, client = a_yearly_report(world), client_for(world.manager)
    assert "should come first" in sent(client, "publishing_publish", edition.pk, **day("on"))
    page = sent(client, "publishing_publish", edition.pk, reason=IN_WORDS, **day("on"))
    assert "The edition is published" in page
    assert "the edition is published, so this cannot" in shown(client, "publishing_publish", edition.pk).lower()
    assert "published" in shown(client, "publishing_list")
    page = sent(client, "publishing_take_down", edition.pk, reason=IN_WORDS)
    assert "It has been taken down since." in page
    assert "the public cannot read it any more" in shown(client, "publishing_edition", edition.pk)
    assert "put back, by" in sent(client, "publishing_put_back", edition.pk, reason=IN_WORDS)
    page = sent(client, "publishing_next", edition.document_id, reason=IN_WORDS)
    assert "a draft again, for its next edition" in page


def test_after_costs_the_same_with_more_sendings(
    world: World, now: datetime, client_for: ClientFor, django_assert_max_num_queries: Any
) -> None:
    edition = a_sending(world, now=timezone.now()).edition
    client = client_for(world.manager)
    shown(client, "publishing_after", edition.pk)
    with django_assert_max_num_queries(60) as one:
        shown(client, "publishing_after", edition.pk)
    held = edition.sendings.get()
    Sending.objects.bulk_create(
        Sending(
            edition=edition,
            sent_to=f"Governors {number}",
            sent_on=held.sent_on,
            sent_by=held.sent_by,
            reference="Letter",
            recorded_at=now,
            recorded_by=world.manager,
        )
        for number in range(3)
    )
    with django_assert_max_num_queries(len(one)):
        shown(client, "publishing_after", edition.pk)


def test_edition_that_is_published_says_since_when(world: World, client_for: ClientFor) -> None:
    edition = frozen(world, now=timezone.now())
    publish_edition(edition=edition, on=timezone.localdate(), by=world.manager, now=timezone.now())
    page = shown(client_for(world.bob), "publishing_edition", edition.pk)
    assert "Edition 1, published" in page
