"""Kinds that no partner approves, agreed to and frozen; the care of a policy; what waits for whom after approval."""

from datetime import datetime, timedelta

import pytest

from tests.publishing.made import (
    ENOUGH,
    IN_WORDS,
    a_care,
    a_document,
    a_paper,
    a_policy,
    frozen,
    partner_of,
    section_of,
    wrote,
)
from tests.publishing.test_pages import ClientFor, sent, shown
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.people.models import Person
from trefoil.publishing.content import AGREED, is_as_frozen, lines_of, written
from trefoil.publishing.enums import PublicKind, PublicState
from trefoil.publishing.models import Edition, PolicyCare, PublicDocument
from trefoil.publishing.needs import (
    editions_for_own_board,
    editions_for_scrutiny,
    editions_to_publish,
    policies_to_look_at,
)
from trefoil.publishing.operations.approving import freeze_agreed, offer_to_partners
from trefoil.publishing.operations.care import review_policy, set_care
from trefoil.publishing.outputs.making import approval_row, paper_of_edition
from trefoil.workspace.needs import needs_of


def a_newsletter(world: World, now: datetime) -> PublicDocument:
    document = a_document(world, now=now, kind=PublicKind.NEWSLETTER, law="", title="Newsletter, autumn")
    wrote(section_of(document, "lead"), world, now=now)
    return document


def found_in(document: PublicDocument, now: datetime) -> set[str]:
    """The kinds of what the check finds beside the law."""
    lines = lines_of(document, written(document, today=now.date()))
    return {one.key.partition(":")[0] for one in lines if not one.is_asked}


def test_freeze_agreed_needs_no_partner(world: World, now: datetime) -> None:
    document = a_newsletter(world, now)
    edition = freeze_agreed(document=document, agreed_in="Quality group, 3 November", by=world.manager, now=now)
    assert document.state == PublicState.FROZEN
    assert edition.approvals == [
        {"agency": AGREED, "on": now.date().isoformat(), "reference": "Quality group, 3 November"}
    ]
    assert is_as_frozen(Edition.objects.select_related("offer").get(pk=edition.pk))
    assert AuditEvent.objects.filter(event="edition_frozen").count() == 1
    assert approval_row(edition.approvals[0])[0] == AGREED
    assert f"{AGREED}: on" in list(paper_of_edition(edition).words)[-3]


def test_freeze_agreed_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="goes to the partners first"):
        freeze_agreed(document=a_paper(world, now=now), agreed_in=IN_WORDS, by=world.manager, now=now)
    newsletter = a_newsletter(world, now)
    with pytest.raises(NotAllowedError, match="say who agreed"):
        freeze_agreed(document=newsletter, agreed_in=" ", by=world.manager, now=now)
    with pytest.raises(NotAllowedError, match="do not include running"):
        freeze_agreed(document=newsletter, agreed_in=IN_WORDS, by=world.bob, now=now)
    with pytest.raises(NotAllowedError, match="is agreed to without the partners"):
        offer_to_partners(document=newsletter, by=world.manager, now=now)


def test_freeze_agreed_with_an_empty_panel_refused(world: World, now: datetime) -> None:
    briefing = a_document(world, now=now, kind=PublicKind.LEARNING_BRIEFING, law="", title="Neglect in seven minutes")
    assert briefing.sections.count() == 7
    wrote(section_of(briefing, "background"), world, now=now, prose=" ".join([ENOUGH] * 9))
    assert found_in(briefing, now) == {"empty", "long"}
    with pytest.raises(NotAllowedError, match="holds it back for 6 things"):
        freeze_agreed(document=briefing, agreed_in=IN_WORDS, by=world.manager, now=now)


def test_set_care_of_a_policy(world: World, now: datetime) -> None:
    policy = a_policy(world, now=now)
    assert found_in(policy, now) == {"care"}
    care = a_care(world, now=now)
    assert (care.owner, care.review_on) == (world.bob, now.date() + timedelta(days=100))
    assert found_in(policy, now) == set()
    wrote(section_of(policy, "purpose"), world, now=now)
    edition = freeze_agreed(document=policy, agreed_in=IN_WORDS, by=world.manager, now=now)
    held = edition.offer.content["care"]
    assert [one["name"] for one in held] == ["Owner", "To be looked at again by", "Core procedure"]
    assert world.bob.name not in str(held)


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"core_title": ""}, "both its title and its address"),
        ({"core_href": "http://example.org/a3"}, "begins with https"),
        ({"core_href": "https://intranet.local/a3"}, "begins with https"),
    ],
)
def test_set_care_refused(world: World, now: datetime, changed: dict[str, str], why: str) -> None:
    facts = {"core_title": "Procedures", "core_href": "https://www.example.org/a3", **changed}
    with pytest.raises(NotAllowedError, match=why):
        set_care(
            document=a_policy(world, now=now),
            owner=world.bob,
            review_on=now.date(),
            seen_version=0,
            by=world.manager,
            now=now,
            **facts,
        )


def test_set_care_of_another_kind_or_by_a_stranger_refused(world: World, now: datetime) -> None:
    facts = {"review_on": now.date(), "core_title": "", "core_href": "", "seen_version": 0, "now": now}
    with pytest.raises(NotAllowedError, match="only a policy"):
        set_care(document=a_paper(world, now=now), owner=world.bob, by=world.manager, **facts)  # type: ignore[arg-type]
    reader = world.holder[DutyKind.READER]
    with pytest.raises(NotAllowedError, match="holds no duty"):
        set_care(document=a_policy(world, now=now), owner=reader, by=world.manager, **facts)  # type: ignore[arg-type]


def test_set_care_that_another_changed_meanwhile_refused(world: World, now: datetime) -> None:
    care = a_care(world, now=now)
    facts = {"owner": world.manager, "review_on": now.date(), "core_title": "", "core_href": ""}
    set_care(document=care.document, **facts, seen_version=1, by=world.manager, now=now)  # type: ignore[arg-type]
    with pytest.raises(ChangedMeanwhileError):
        set_care(document=care.document, **facts, seen_version=1, by=world.manager, now=now)  # type: ignore[arg-type]


def test_review_policy_by_its_owner(world: World, now: datetime) -> None:
    care = a_care(world, now=now)
    due, later = care.review_on, now + timedelta(days=120)
    next_on = later.date() + timedelta(days=365)
    kept = review_policy(care=care, words=IN_WORDS, next_on=next_on, by=world.bob, now=later)
    assert (kept.was_due_on, kept.next_on, care.review_on) == (due, next_on, next_on)
    with pytest.raises(NotAllowedError, match="lies after today"):
        review_policy(care=care, words=IN_WORDS, next_on=later.date(), by=world.bob, now=later)
    with pytest.raises(NotAllowedError, match="only its owner"):
        review_policy(care=care, words=IN_WORDS, next_on=next_on, by=world.holder[DutyKind.SCRUTINEER], now=later)
    assert AuditEvent.objects.filter(event="policy_reviewed").count() == 1


def policies(world: World, person: Person, now: datetime) -> list[PolicyCare]:
    found = policies_to_look_at(standing_of(person, world.fairmead, now=now), now.date())
    return list(found or ())


def test_policies_to_look_at_once_the_day_has_passed(world: World, now: datetime) -> None:
    care = a_care(world, now=now, days=1)
    tomorrow, after = now + timedelta(days=1), now + timedelta(days=2)
    assert policies(world, world.bob, tomorrow) == []
    assert policies(world, world.bob, after) == [care]
    assert policies(world, world.manager, after) == [care]
    assert policies(world, world.holder[DutyKind.SCRUTINEER], after) == []
    needs = needs_of(standing_of(world.bob, world.fairmead, now=after), now=after)
    need = [one for one in needs if one.action == "Look at it again"]
    assert [one.status for one in need] == ["late"]


def test_editions_wait_for_scrutiny_boards_and_publication(world: World, now: datetime) -> None:
    edition = frozen(world, now=now)
    PublicDocument.objects.filter(pk=edition.document_id).update(kind=PublicKind.YEARLY_REPORT, law="WT2023")
    scrutineer, police = world.holder[DutyKind.SCRUTINEER], partner_of(world, world.police)
    standings = {one: standing_of(one, world.fairmead, now=now) for one in (scrutineer, police, world.manager)}
    assert list(editions_for_scrutiny(standings[scrutineer], now) or ()) == [edition]
    assert list(editions_for_own_board(standings[police], now) or ()) == [edition]
    assert list(editions_to_publish(standings[world.manager], now) or ()) == [edition]
    for ask in (editions_for_scrutiny, editions_to_publish):
        assert ask(standings[police], now) is None
    assert editions_for_own_board(standings[scrutineer], now) is None


def test_document_page_freezes_what_was_agreed_to(world: World, now: datetime, client_for: ClientFor) -> None:
    document, client = a_newsletter(world, now), client_for(world.manager)
    page = shown(client, "publishing_document", document.pk)
    assert "Put it to the partners" not in page
    page = sent(client, "publishing_agreed", document.pk, agreed_in="Quality group, 3 November")
    assert "The edition is frozen" in page
    assert "goes to the partners first" in shown(client, "publishing_agreed", a_paper(world, now=now).pk)


def test_care_page_names_owner_and_day(world: World, now: datetime, client_for: ClientFor) -> None:
    policy, client = a_policy(world, now=now), client_for(world.manager)
    assert "Nobody named yet" in shown(client, "publishing_document", policy.pk)
    day = (now + timedelta(days=300)).date()
    fields = {f"review_on_{part}": getattr(day, part) for part in ("day", "month", "year")}
    fields |= {"owner": world.bob.pk, "core_title": "", "core_href": ""}
    assert "Owner and day of review are saved" in sent(client, "publishing_care", policy.pk, **fields)
    care = PolicyCare.objects.get()
    shown(client, "publishing_care", policy.pk)
    page = shown(client_for(world.holder[DutyKind.SCRUTINEER]), "publishing_reviewed", care.pk)
    assert "or the business manager says that it was looked at" in page
    reviewed = {**{f"next_on_{part}": getattr(day, part) for part in ("day", "month", "year")}, "words": IN_WORDS}
    reviewed["next_on_year"] = day.year + 3
    assert "that the policy was looked at" in sent(client_for(world.bob), "publishing_reviewed", care.pk, **reviewed)
