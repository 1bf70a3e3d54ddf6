"""Fairmead's briefings, policies, newsletter and review report: out, taken down, overdue, and waiting for the panel."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.publishing.enums import PublicKind, SentBy
from trefoil.publishing.models import Edition, PublicDocument
from trefoil.publishing.operations.after import record_sending
from trefoil.publishing.operations.approving import freeze_agreed
from trefoil.publishing.operations.care import review_policy, set_care
from trefoil.publishing.operations.documents import begin_document
from trefoil.publishing.operations.publication import publish_edition, take_down_edition

from .borough import Borough, read_toml
from .fairmead_publishing import Making, approved_and_frozen, written_by_several


def invent_other_documents(borough: Borough, *, now: datetime) -> None:
    """One of each kind that the law does not ask for, and a review report that may not go out yet."""
    making = Making(borough, read_toml("fairmead_kinds.toml"), now)
    for words in making.words["document"]:
        document = _begun(making, words)
        written_by_several(making, document, words["sections"], document.begun_at)
        if "care" in words:
            _cared_for(making, document, words["care"])
        if "agreed_in" in words:
            _out(making, _agreed(making, document, words), words)
        if "sent" in words:
            _sent(making, approved_and_frozen(making, document, document.begun_at), words["sent"])


def _begun(making: Making, words: dict[str, Any]) -> PublicDocument:
    then = making.now - timedelta(days=words["begun"])
    today = timezone.localdate(then)
    return begin_document(
        partnership=making.borough.partnership,
        kind=PublicKind(words["kind"]),
        title=words["title"],
        starts_on=today,
        ends_on=today + timedelta(days=365),
        law=words.get("law", ""),
        by=making.person("manager"),
        now=then,
    )


def _cared_for(making: Making, document: PublicDocument, care: dict[str, Any]) -> None:
    """Owner, day of review and core procedure; looked at once where the words say so."""
    manager, then = making.person("manager"), document.begun_at + timedelta(days=1)
    first = timezone.localdate(making.now) + timedelta(days=care["review_in"])
    looked = care.get("looked_at")
    held = set_care(
        document=document,
        owner=making.person(care["owner"]),
        review_on=first - timedelta(days=365) if looked else first,
        core_title=care.get("core_title", ""),
        core_href=care.get("core_href", ""),
        seen_version=0,
        by=manager,
        now=then,
    )
    if looked:
        at = making.now - timedelta(days=looked["ago"])
        review_policy(care=held, words=looked["words"], next_on=first, by=held.owner, now=at)


def _agreed(making: Making, document: PublicDocument, words: dict[str, Any]) -> Edition:
    """Frozen ten days after it was begun."""
    then = document.begun_at + timedelta(days=10)
    return freeze_agreed(document=document, agreed_in=words["agreed_in"], by=making.person("manager"), now=then)


def _out(making: Making, edition: Edition, words: dict[str, Any]) -> None:
    """Published the next day, and taken down again where the words say so."""
    manager, then = making.person("manager"), edition.frozen_at + timedelta(days=1)
    publish_edition(edition=edition, on=timezone.localdate(then), by=manager, now=then)
    if "taken_down" in words:
        down = words["taken_down"]
        at = making.now - timedelta(days=down["ago"])
        take_down_edition(
            edition=edition, reason=down["reason"], public_reason=down["public_reason"], by=manager, now=at
        )


def _sent(making: Making, edition: Edition, sent: list[dict[str, Any]]) -> None:
    for one in sent:
        then = making.now - timedelta(days=one["ago"])
        record_sending(
            edition=edition,
            recipient=one["to"],
            sent_to="",
            sent_on=timezone.localdate(then),
            sent_by=SentBy(one["by"]),
            reference=one["reference"],
            by=making.person("manager"),
            now=then,
        )
