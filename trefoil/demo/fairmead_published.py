"""What became of Fairmead's editions: looked at, taken through boards, sent, published late, replaced, taken down."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.publishing.enums import BoardSaid, SentBy, TakenDownFor
from trefoil.publishing.models import Edition, PublicDocument
from trefoil.publishing.operations.after import acknowledge_sending, record_board, record_scrutiny, record_sending
from trefoil.publishing.operations.publication import begin_next_edition, publish_edition, take_down_edition
from trefoil.publishing.operations.sections import write_section

from .borough import Borough

PARTNERS = {"council": "council_partner", "icb": "health_partner", "police": "police_partner"}


def go_out(borough: Borough, edition: Edition, words: dict[str, Any], *, now: datetime) -> None:
    """Everything that was done with an edition, by its days. What lies after the demo’s day is left out."""
    _looked_at(borough, edition, words)
    publishes = _at(edition, words["published"])
    before = [one for one in words.get("sent", ()) if one["day"] < words["published"]]
    for one in before:
        _sent(borough, edition, one, now)
    publish_edition(
        edition=edition,
        on=timezone.localdate(publishes),
        reason=words["reason"],
        by=borough.people["manager"],
        now=publishes,
    )
    for one in words.get("sent", ()):
        if one not in before and _at(edition, one["day"]) < now:
            _sent(borough, edition, one, now)


def take_up_again(borough: Borough, document: PublicDocument, words: dict[str, Any], *, then: datetime) -> None:
    """A frozen document made a draft for its next edition, and the sections that changed written anew."""
    manager = borough.people["manager"]
    begin_next_edition(document=document, reason=words["why"], by=manager, now=then)
    for place, (key, facts) in enumerate(words["sections"].items()):
        section = document.sections.select_related("document__partnership").get(key=key)
        write_section(
            section=section,
            prose=facts["prose"],
            answers=section.answers,
            seen_version=section.version,
            by=manager,
            now=then + timedelta(hours=1 + place),
        )


def replaced(borough: Borough, edition: Edition, words: dict[str, Any], *, then: datetime) -> None:
    """An edition taken down because a later one took its place."""
    manager, told = borough.people["manager"], TakenDownFor.OUT_OF_DATE
    take_down_edition(edition=edition, reason=words["taken_down"], public_reason=told, by=manager, now=then)


def _looked_at(borough: Borough, edition: Edition, words: dict[str, Any]) -> None:
    """The scrutineer's statement and what the partners' boards said."""
    said = words.get("statement")
    if said:
        then = _at(edition, said["day"])
        by = borough.people[said["by"]]
        record_scrutiny(edition=edition, words=said["words"], said_on=timezone.localdate(then), by=by, now=then)
    for one in words.get("boards", ()):
        then = _at(edition, one["day"])
        record_board(
            edition=edition,
            agency=borough.agencies[one["agency"]],
            board=one["board"],
            taken_on=timezone.localdate(then),
            said=BoardSaid(one["said"]),
            words=one.get("words", ""),
            by=borough.people[PARTNERS[one["agency"]]],
            now=then,
        )


def _sent(borough: Borough, edition: Edition, one: dict[str, Any], now: datetime) -> None:
    manager, then = borough.people["manager"], _at(edition, one["day"])
    sending = record_sending(
        edition=edition,
        recipient=one.get("to", ""),
        sent_to=one.get("name", ""),
        sent_on=timezone.localdate(then),
        sent_by=SentBy(one["by"]),
        reference=one["reference"],
        by=manager,
        now=then,
    )
    if "acknowledged" in one and (heard := _at(edition, one["acknowledged"])) < now:
        acknowledge_sending(
            sending=sending,
            acknowledged_on=timezone.localdate(heard),
            acknowledgement=one["acknowledgement"],
            by=manager,
            now=heard,
        )


def _at(edition: Edition, day: int) -> datetime:
    """A moment so many days after the edition was frozen."""
    return edition.frozen_at + timedelta(days=day)
