"""Documents in the tests' world: begun, written, put to the partners, approved, frozen. All by operations."""

from datetime import date, datetime, timedelta

from tests.world import World
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Person
from trefoil.publishing.enums import Answer, BlockKind, BoardSaid, PublicKind, SentBy
from trefoil.publishing.models import (
    Block,
    BoardPassage,
    Comment,
    Contribution,
    Edition,
    Offer,
    PolicyCare,
    PublicDocument,
    ScrutinyStatement,
    Section,
    Sending,
)
from trefoil.publishing.operations.after import record_board, record_scrutiny, record_sending
from trefoil.publishing.operations.approving import answer_offer, freeze_agreed, freeze_edition, offer_to_partners
from trefoil.publishing.operations.care import set_care
from trefoil.publishing.operations.comments import comment_on_section
from trefoil.publishing.operations.contributions import ask_for_contribution
from trefoil.publishing.operations.documents import begin_document
from trefoil.publishing.operations.own_sections import add_own_section
from trefoil.publishing.operations.sections import add_block, write_section

ENOUGH = "The partners looked together at what had changed for children this year and wrote down what each had found."
IN_WORDS = "a reason that says enough"


def a_document(
    world: World,
    *,
    now: datetime,
    kind: PublicKind = PublicKind.YEARLY_REPORT,
    law: str = "WT2023",
    title: str = "Yearly report 2025 to 2026",
) -> PublicDocument:
    """A draft of Fairmead's, the one of this title if it is there."""
    held = PublicDocument.objects.filter(partnership=world.fairmead, title=title).first()
    return held or begin_document(
        partnership=world.fairmead,
        kind=kind,
        title=title,
        starts_on=date(2025, 4, 1),
        ends_on=date(2026, 3, 31),
        law=law,
        by=world.manager,
        now=now,
    )


def a_paper(world: World, *, now: datetime, title: str = "Report to the committee") -> PublicDocument:
    """A committee report, of which no edition of the law asks anything."""
    return a_document(world, now=now, kind=PublicKind.COMMITTEE_REPORT, law="", title=title)


def section_of(document: PublicDocument, key: str) -> Section:
    """A section as a request of its own would load it."""
    return document.sections.select_related("document__partnership").get(key=key)


def an_own_section(document: PublicDocument, world: World, title: str = "Young carers") -> Section:
    """A section of the document's own, behind its first; the one that is there if there is one."""
    held = document.sections.filter(title=title, removed_at=None).first()
    now, first = document.begun_at, document.sections.first()
    return held or add_own_section(document=document, title=title, after=first, by=world.manager, now=now)


def wrote(section: Section, world: World, *, now: datetime, prose: str = ENOUGH, answers: tuple[str, ...] = ()) -> None:
    """The section written by the manager."""
    write_section(
        section=section, prose=prose, answers=answers, seen_version=section.version, by=world.manager, now=now
    )


def put_in(section: Section, kind: BlockKind, shows: str, world: World, *, now: datetime) -> Block:
    return add_block(section=section, kind=kind, shows=shows, by=world.manager, now=now)


def a_part(section: Section, world: World, *, now: datetime) -> Contribution:
    """The social care agency's part of a section, asked for by the manager; the one that is there if there is one."""
    held = section.contributions.filter(agency=world.social_care).first()
    due_on = now.date() + timedelta(days=10)
    return held or ask_for_contribution(
        section=section, agency=world.social_care, ask=IN_WORDS, due_on=due_on, by=world.manager, now=now
    )


def a_comment(section: Section, world: World, *, now: datetime) -> Comment:
    """What the manager says of a section; the one that is there if there is one."""
    held = section.comments.first()
    return held or comment_on_section(section=section, words="Say who did it.", by=world.manager, now=now)


def partner_of(world: World, agency: Agency) -> Person:
    """The holder of the partner's duty, at home in this agency."""
    partner = world.holder[DutyKind.SAFEGUARDING_PARTNER]
    Person.objects.filter(pk=partner.pk).update(agency=agency)
    partner.refresh_from_db()
    return partner


def offered(world: World, *, now: datetime) -> tuple[PublicDocument, Offer]:
    """A committee report with one section written, put to the partners."""
    document = a_paper(world, now=now)
    wrote(section_of(document, "summary"), world, now=now)
    return document, offer_to_partners(document=document, by=world.manager, now=now)


def answered(
    document: PublicDocument, world: World, agency: Agency, *, now: datetime, answer: Answer = Answer.APPROVES
) -> None:
    """The agency's own partner answers."""
    words = IN_WORDS if answer == Answer.ASKS else ""
    answer_offer(document=document, agency=agency, answer=answer, words=words, by=partner_of(world, agency), now=now)


def approved(world: World, *, now: datetime) -> PublicDocument:
    """A committee report that all three partners approve."""
    document, _ = offered(world, now=now)
    for agency in (world.social_care, world.police, world.health):
        answered(document, world, agency, now=now)
    return document


def frozen(world: World, *, now: datetime) -> Edition:
    """The edition of such a report, the one that is there if there is one."""
    held = Edition.objects.filter(document__partnership=world.fairmead).first()
    return held or freeze_edition(document=approved(world, now=now), by=world.manager, now=now)


def a_sending(world: World, *, now: datetime) -> Sending:
    """That edition sent to somebody; the sending that is there if there is one."""
    edition = frozen(world, now=now)
    return edition.sendings.first() or record_sending(
        edition=edition,
        recipient="",
        sent_to="Fairmead Schools Forum",
        sent_on=now.date(),
        sent_by=SentBy.EMAIL,
        reference="E-mail of 10.04",
        by=world.manager,
        now=now,
    )


def a_statement(world: World, *, now: datetime, by: Person | None = None) -> ScrutinyStatement:
    """What the scrutineer says of that edition; the statement that is there if there is one."""
    edition = frozen(world, now=now)
    return edition.statements.first() or record_scrutiny(
        edition=edition,
        words=IN_WORDS,
        said_on=now.date(),
        reference="Letter" if by else "",
        by=by or world.holder[DutyKind.SCRUTINEER],
        now=now,
    )


def a_passage(world: World, *, now: datetime) -> BoardPassage:
    """That edition before the police's own board; what is there if something is."""
    edition = frozen(world, now=now)
    return edition.boards.first() or record_board(
        edition=edition,
        agency=world.police,
        board="Governance board",
        taken_on=now.date(),
        said=BoardSaid.NOTED,
        by=partner_of(world, world.police),
        now=now,
    )


def a_policy(
    world: World, *, now: datetime, title: str = "When a child does not come to an appointment"
) -> PublicDocument:
    """A policy, as a draft."""
    return a_document(world, now=now, kind=PublicKind.POLICY, law="", title=title)


def a_care(world: World, *, now: datetime, days: int = 100) -> PolicyCare:
    """Its owner and day of review; what is there if something is."""
    policy = a_policy(world, now=now)
    held = PolicyCare.objects.filter(document=policy).select_related("document__partnership", "owner").first()
    return held or set_care(
        document=policy,
        owner=world.bob,
        review_on=now.date() + timedelta(days=days),
        core_title="London Child Protection Procedures",
        core_href="https://www.londonsafeguardingchildrenprocedures.co.uk",
        seen_version=0,
        by=world.manager,
        now=now,
    )


def a_frozen_policy(world: World, *, now: datetime) -> PolicyCare:
    """The care of that policy once it has an edition, so that everybody who reads editions finds it."""
    care = a_care(world, now=now)
    policy = care.document
    if not policy.editions.exists():
        wrote(section_of(policy, "purpose"), world, now=now)
        freeze_agreed(document=policy, agreed_in=IN_WORDS, by=world.manager, now=now)
    return care
