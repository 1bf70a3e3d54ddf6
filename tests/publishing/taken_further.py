"""Editions taken further than approval, for the tests of what is done with them."""

from datetime import datetime
from typing import Any

from tests.publishing.made import frozen
from tests.world import World
from trefoil.audit.models import AuditEvent
from trefoil.publishing.enums import PublicKind, SentBy
from trefoil.publishing.models import Edition, PublicDocument, Sending
from trefoil.publishing.operations.after import (
    record_sending,
)
from trefoil.publishing.operations.publication import (
    publish_edition,
)
from trefoil.publishing.queries import public_editions


def events(edition: Edition) -> list[str]:
    found = AuditEvent.objects.filter(subject=edition.document.reference).order_by("sequence")
    return list(found.values_list("event", flat=True))


def public(world: World, now: datetime) -> list[Edition]:
    return list(public_editions(world.fairmead, now))


def published(world: World, now: datetime) -> Edition:
    edition = frozen(world, now=now)
    publish_edition(edition=edition, on=now.date(), by=world.manager, now=now)
    return edition


def a_report(edition: Edition, kind: PublicKind = PublicKind.YEARLY_REPORT, law: str = "WT2023") -> Edition:
    """The edition as that of another kind, whose steps the law asks for."""
    PublicDocument.objects.filter(pk=edition.document_id).update(kind=kind, law=law)
    return Edition.objects.select_related("document__partnership", "offer").get(pk=edition.pk)


def sent(edition: Edition, world: World, now: datetime, **given: Any) -> Sending:
    """Sent to somebody outside, with proof, by the manager."""
    facts = {
        "recipient": "",
        "sent_to": "Fairmead Schools Forum",
        "sent_on": now.date(),
        "sent_by": SentBy.EMAIL,
        "reference": "E-mail of 10.04",
        **given,
    }
    return record_sending(edition=edition, by=world.manager, now=now, **facts)
