"""The first partnership of an installation, from the command line."""

import pytest
from django.core.management import CommandError, call_command

from trefoil.audit.enums import EventType
from trefoil.audit.models import AuditEvent
from trefoil.people.enums import AreaKind, DutyKind
from trefoil.people.models import Area, Duty, Partnership


@pytest.fixture
def leeds(world) -> Area:
    return Area.objects.create(code="E08000035", name="Leeds", kind=AreaKind.LOCAL_AUTHORITY)


def test_create_partnership_makes_it_with_its_first_business_manager(world, leeds, capsys, client_for):
    call_command("create_partnership", "leeds", "--manager", "Nobody@example.org")
    made = Partnership.objects.get(slug="leeds")
    assert (made.name, made.area, made.is_invented) == ("Leeds Safeguarding Children Partnership", leeds, False)
    assert not made.published_only
    duty = Duty.objects.get(partnership=made)
    assert (duty.person, duty.kind, duty.given_by) == (world.nobody, DutyKind.BUSINESS_MANAGER, None)
    assert AuditEvent.objects.filter(event=EventType.PARTNERSHIP_CREATED, partnership="leeds").count() == 1
    assert "is at /leeds/" in capsys.readouterr().out
    assert client_for(world.nobody).get("/leeds/").status_code == 200


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["Atlantis", "--manager", "nobody@example.org"], "load_national_pack"),
        (["Leeds", "--manager", "stranger@example.org"], "create_person"),
        (["Leeds", "--manager", "nobody@example.org", "--slug", "fairmead"], "already"),
        (["Leeds", "--manager", "nobody@example.org", "--slug", "account"], "a page of Trefoil"),
        (["Leeds", "--manager", "nobody@example.org", "--slug", "a b"], "letters, numbers and hyphens"),
    ],
)
def test_create_partnership_refuses_in_words_and_makes_nothing(world, leeds, arguments, words):
    before = Partnership.objects.count(), Duty.objects.count(), AuditEvent.objects.count()
    with pytest.raises(CommandError, match=words):
        call_command("create_partnership", *arguments)
    assert (Partnership.objects.count(), Duty.objects.count(), AuditEvent.objects.count()) == before
