"""Attaching, adding a version, withdrawing: the row and its file together, and what is refused."""

import stat
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import transaction

from tests.documents.attached import attached, pdf
from tests.world import BEGINNING, World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.documents import storage
from trefoil.documents.enums import Marking
from trefoil.documents.models import Document
from trefoil.documents.operations import add_version, withdraw
from trefoil.people.enums import GroupKind, GroupRole
from trefoil.people.models import Group
from trefoil.people.operations import create_group, give_seat


def group_of(world: World, now: datetime, slug: str = "quality") -> Group:
    given = {"partnership": world.fairmead, "slug": slug, "name": "Quality", "kind": GroupKind.SUBGROUP}
    return create_group(**given, by=None, now=now)


def files() -> list[Path]:
    return list(storage.root().iterdir())


def events(kind: EventType) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(event=kind))


def test_attach_keeps_row_and_closed_file_together(world: World, now: datetime) -> None:
    document = attached(world, now=now, file=BytesIO(pdf()), name="minutes.pdf")
    (version,) = document.versions.all()
    (file,) = files()
    assert file.name == version.key.hex
    assert "minutes" not in file.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(storage.root().stat().st_mode) == 0o700
    assert storage.fingerprint(version.key) == version.sha256
    assert (version.number, version.name, version.kind, version.size) == (1, "minutes.pdf", "pdf", file.stat().st_size)
    (event,) = events(EventType.DOCUMENT_ATTACHED)
    assert event.subject == document.reference
    assert event.detail["sha256"] == version.sha256


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"name": "minutes.exe"}, "not taken"),
        ({"name": "a/b.txt"}, "plain name"),
        ({"title": "  "}, "give the document a title"),
        ({"marking": Marking.GROUP_ONLY}, "choose the group"),
        ({"subject": "partnership:harbury"}, "your duties do not include"),
        ({"subject": "nothing:1"}, "your duties do not include"),
        ({"subject": "group:fairmead/none"}, "your duties do not include"),
    ],
)
def test_attach_refused_leaves_nothing(world: World, now: datetime, given: dict[str, Any], words: str) -> None:
    with pytest.raises(NotAllowedError, match=words):
        attached(world, now=now, **given)
    assert (Document.objects.count(), files()) == (0, [])


def test_attach_by_who_may_not_leaves_nothing(world: World, now: datetime) -> None:
    for person in (world.alice, world.charlie, world.nobody):
        with pytest.raises(NotAllowedError, match="your duties do not include"):
            attached(world, now=now, by=person)
    assert (Document.objects.count(), files()) == (0, [])


def test_attach_over_the_limit_leaves_nothing(world: World, now: datetime, settings: Any) -> None:
    settings.DOCUMENT_MAX_BYTES = 1024 * 1024
    with pytest.raises(NotAllowedError, match="larger than 1 MB"):
        attached(world, now=now, file=BytesIO(b"x" * (1024 * 1024 + 1)))
    assert (Document.objects.count(), files()) == (0, [])


def test_attach_whose_row_fails_leaves_no_file(world: World, now: datetime) -> None:
    """A title too long for PostgreSQL, a trail that cannot be written: here the person is gone."""
    world.manager.name = None
    with pytest.raises(Exception, match=r"(?i)null|actor_name"), transaction.atomic():
        attached(world, now=now)
    assert (Document.objects.count(), files()) == (0, [])


def test_attach_by_the_chair_of_a_group(world: World, now: datetime) -> None:
    group = group_of(world, now)
    give_seat(group=group, person=world.alice, role=GroupRole.CHAIR, starts_on=BEGINNING, by=None, now=now)
    subject = f"group:fairmead/{group.slug}"
    given = {"subject": subject, "marking": Marking.GROUP_ONLY, "group": group}
    assert attached(world, now=now, by=world.alice, **given).group == group
    with pytest.raises(NotAllowedError, match="your duties do not include"):
        attached(world, now=now, by=world.bob, **given)


def test_attach_marked_for_a_group_one_does_not_sit_in(world: World, now: datetime) -> None:
    own, other = group_of(world, now), group_of(world, now, "other")
    give_seat(group=own, person=world.alice, role=GroupRole.CHAIR, starts_on=BEGINNING, by=None, now=now)
    given = {"subject": f"group:fairmead/{own.slug}", "marking": Marking.GROUP_ONLY, "group": other}
    with pytest.raises(NotAllowedError, match="a group that you sit in"):
        attached(world, now=now, by=world.alice, **given)


def test_add_version_counts_up_and_keeps_the_first(world: World, now: datetime) -> None:
    document = attached(world, now=now)
    version = add_version(document=document, file=BytesIO(b"New."), name="new.txt", by=world.manager, now=now)
    assert [one.number for one in document.versions.all()] == [2, 1]
    assert version.number == 2
    assert len(files()) == 2
    assert events(EventType.DOCUMENT_VERSION_ADDED)[0].detail["version"] == 2


def test_add_version_of_the_same_file(world: World, now: datetime) -> None:
    document = attached(world, now=now, file=BytesIO(b"Same."))
    with pytest.raises(NotAllowedError, match="version 1 already"):
        add_version(document=document, file=BytesIO(b"Same."), name="same.txt", by=world.manager, now=now)
    assert len(files()) == 1


def test_add_version_by_who_may_not(world: World, now: datetime) -> None:
    document = attached(world, now=now)
    for person in (world.alice, world.charlie):
        with pytest.raises(NotAllowedError, match="your duties do not include"):
            add_version(document=document, file=BytesIO(b"a"), name="a.txt", by=person, now=now)


def test_withdraw_keeps_the_reason_and_happens_once(world: World, now: datetime) -> None:
    document = attached(world, now=now)
    withdraw(document=document, reason="It named a family.", by=world.manager, now=now)
    assert document.is_withdrawn
    assert document.withdrawn_why == "It named a family."
    assert events(EventType.DOCUMENT_WITHDRAWN)[0].reason == "It named a family."
    with pytest.raises(NotAllowedError, match="already"):
        withdraw(document=document, reason="It named a family.", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="withdrawn"):
        add_version(document=document, file=BytesIO(b"a"), name="a.txt", by=world.manager, now=now)


@pytest.mark.parametrize("reason", ["", "   ", "too short"])
def test_withdraw_without_a_reason(world: World, now: datetime, reason: str) -> None:
    with pytest.raises(NotAllowedError, match="at least 10"):
        withdraw(document=attached(world, now=now), reason=reason, by=world.manager, now=now)


def test_withdraw_by_somebody_else(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="only who attached it"):
        withdraw(document=attached(world, now=now), reason="It named a family.", by=world.bob, now=now)


def test_folder_of_the_tests_is_not_the_installations_own(world: World) -> None:
    assert Path(django_settings.DOCUMENT_STORE) != django_settings.ENVIRONMENT.home / "documents"
