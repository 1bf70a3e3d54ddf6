"""Who may see what of publishing, and who may do what. Each check raises with its reason."""

from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.rules import DUTY_GIVES, Standing
from trefoil.people.models import Agency, Duty, Partnership, Person

from .enums import EditionState, PublicState
from .models import (
    Block,
    BoardPassage,
    Comment,
    Contribution,
    Edition,
    PolicyCare,
    PublicDocument,
    ScrutinyStatement,
    Section,
    SectionVersion,
    Sending,
)
from .patterns.reading import pattern_of
from .states import EDITION_MOVES, MOVES

SHORTEST_REASON = 10
IN_A_SENTENCE = {
    PublicState.DRAFT: "a draft",
    PublicState.WITH_PARTNERS: "with the partners",
    PublicState.APPROVED: "approved",
    PublicState.FROZEN: "frozen",
}
OF_EDITION = {
    EditionState.NOT_PUBLISHED: "not published",
    EditionState.PUBLISHED: "published",
    EditionState.TAKEN_DOWN: "taken down",
}


def documents_visible_to(standing: Standing) -> QuerySet[PublicDocument]:
    """Every document for who writes them; for everybody else with a duty, those that have an edition."""
    found = PublicDocument.objects.filter(partnership=standing.partnership).select_related("partnership", "changed_by")
    if standing.may(Permission.WRITE_PUBLISHING):
        return found
    return found.filter(editions__isnull=False).distinct() if standing.may(Permission.READ_PUBLISHING) else found.none()


def drafts_visible_to(standing: Standing) -> QuerySet[PublicDocument]:
    """The documents whose draft a reader may open: only for who writes."""
    found = PublicDocument.objects.filter(partnership=standing.partnership).select_related("partnership", "changed_by")
    return found if standing.may(Permission.WRITE_PUBLISHING) else found.none()


def sections_visible_to(standing: Standing) -> QuerySet[Section]:
    """The sections of those drafts."""
    found = Section.objects.filter(document__in=drafts_visible_to(standing), removed_at=None)
    return found.select_related("document__partnership", "changed_by")


def versions_visible_to(standing: Standing) -> QuerySet[SectionVersion]:
    """The words of those sections as they were saved."""
    found = SectionVersion.objects.filter(section__in=sections_visible_to(standing))
    return found.select_related("section__document__partnership", "saved_by")


def blocks_visible_to(standing: Standing) -> QuerySet[Block]:
    """The figures in those drafts that still stand there."""
    found = Block.objects.filter(section__in=sections_visible_to(standing), removed_at__isnull=True)
    return found.select_related("section__document__partnership", "added_by")


def contributions_visible_to(standing: Standing) -> QuerySet[Contribution]:
    """What agencies were asked for in those drafts, and gave."""
    found = Contribution.objects.filter(section__in=sections_visible_to(standing))
    return found.select_related("section__document__partnership", "agency", "asked_by", "given_by")


def comments_visible_to(standing: Standing) -> QuerySet[Comment]:
    """The comments on those drafts."""
    found = Comment.objects.filter(section__in=sections_visible_to(standing))
    return found.select_related("section__document__partnership", "written_by", "settled_by")


def agencies_asked_of(partnership: Partnership) -> QuerySet[Agency]:
    """The agencies that can be asked for their part: those of the partnership now."""
    return Agency.objects.filter(memberships__partnership=partnership, memberships__ends_on=None).distinct()


def may_give(standing: Standing, contribution: Contribution) -> bool:
    """Whether the person hands in what this agency was asked for: its own people who write, or who runs publishing."""
    own = standing.may(Permission.WRITE_PUBLISHING) and standing.person.agency_id == contribution.agency_id
    return own or standing.may(Permission.RUN_PUBLISHING)


def editions_visible_to(standing: Standing) -> QuerySet[Edition]:
    """Every frozen edition, for everybody with a duty that reads them."""
    found = Edition.objects.filter(document__partnership=standing.partnership)
    found = found.select_related("document__partnership", "offer", "frozen_by")
    return found if standing.may(Permission.READ_PUBLISHING) else found.none()


def cares_visible_to(standing: Standing) -> QuerySet[PolicyCare]:
    """Who looks after which policy: of every document that the reader may open."""
    found = PolicyCare.objects.filter(document__in=documents_visible_to(standing))
    return found.select_related("document__partnership", "owner", "changed_by")


def may_review(standing: Standing, care: PolicyCare) -> bool:
    """Whether the person says that a policy was looked at: its owner, or who runs publishing."""
    own = care.owner_id == standing.person.pk and standing.may(Permission.READ_PUBLISHING)
    return own or standing.may(Permission.RUN_PUBLISHING)


def owners_of(partnership: Partnership, today: date) -> QuerySet[Person]:
    """Who can own a policy: everybody who reads editions today, by name."""
    kinds = [kind for kind, given in DUTY_GIVES.items() if Permission.READ_PUBLISHING in given]
    duties = Duty.objects.in_force_on(today).filter(partnership=partnership, kind__in=kinds)
    return Person.objects.filter(pk__in=duties.values("person")).order_by("name")


def sendings_visible_to(standing: Standing) -> QuerySet[Sending]:
    """What was sent of those editions."""
    found = Sending.objects.filter(edition__in=editions_visible_to(standing))
    return found.select_related("edition__document__partnership", "edition__offer", "recorded_by")


def statements_visible_to(standing: Standing) -> QuerySet[ScrutinyStatement]:
    """What scrutiny said of those editions."""
    found = ScrutinyStatement.objects.filter(edition__in=editions_visible_to(standing))
    return found.select_related("edition__document__partnership", "edition__offer", "recorded_by")


def boards_visible_to(standing: Standing) -> QuerySet[BoardPassage]:
    """What partners' own boards said to those editions."""
    found = BoardPassage.objects.filter(edition__in=editions_visible_to(standing))
    return found.select_related("edition__document__partnership", "edition__offer", "agency", "recorded_by")


def checked_reason(text: str, ask: str) -> str:
    """The reason without spaces around it. Raises NotAllowedError, asking for it, when it says next to nothing."""
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise NotAllowedError(f"{ask}, in at least {SHORTEST_REASON} characters")
    return said


def check_may_write(standing: Standing) -> None:
    """Raises NotAllowedError unless the person writes in drafts."""
    if not standing.may(Permission.WRITE_PUBLISHING):
        raise NotAllowedError("your duties do not include writing reports and arrangements")


def check_may_run(standing: Standing) -> None:
    """Raises NotAllowedError unless the person runs publishing."""
    if not standing.may(Permission.RUN_PUBLISHING):
        raise NotAllowedError("your duties do not include running reports and arrangements")


def may_take_back(standing: Standing, row: ScrutinyStatement | BoardPassage) -> bool:
    """Whether the person takes back what was written down of an edition: their own, or everything for who runs it."""
    own = row.recorded_by_id == standing.person.pk and standing.may(Permission.READ_PUBLISHING)
    return own or standing.may(Permission.RUN_PUBLISHING)


def check_may_take_back(standing: Standing, row: ScrutinyStatement | BoardPassage) -> None:
    """Raises NotAllowedError unless the person wrote it down or runs publishing."""
    if not may_take_back(standing, row):
        raise NotAllowedError("only who wrote it down or the business manager takes it back")


def check_is_draft(document: PublicDocument) -> None:
    """Raises NotAllowedError, saying what would help, for a document in which nothing can be changed now."""
    if document.is_draft:
        return
    if document.state == PublicState.FROZEN:
        raise NotAllowedError("the document is frozen, so it stays as it is")
    raise NotAllowedError("the document is with the partners: draw it back before anything in it is changed")


def check_has_own_sections(document: PublicDocument) -> None:
    """Raises NotAllowedError for a kind whose sections are all that it may have."""
    if pattern_of(document.kind).whole:
        raise NotAllowedError("a document of this kind has the sections of its kind and no more")


def check_is_own(section: Section) -> None:
    """Raises NotAllowedError for a section of the pattern, which belongs to every document of the kind."""
    if not section.is_own:
        raise NotAllowedError("a section that its kind has keeps its heading and its place")


def check_not_frozen(document: PublicDocument) -> None:
    """Raises NotAllowedError for a document of which nobody can say anything more."""
    if document.state == PublicState.FROZEN:
        raise NotAllowedError("the document is frozen, so it stays as it is")


def can_move(move: str, document: PublicDocument, standing: Standing) -> bool:
    """Whether the status, the kind and the person's duties allow the move."""
    own = _is_of_this_kind(move, document)
    return own and document.state in MOVES[move].before and standing.may(Permission.RUN_PUBLISHING)


def _is_of_this_kind(move: str, document: PublicDocument) -> bool:
    """Whether documents of its kind go to the partners, or are frozen once somebody agreed."""
    wants = {"offer_to_partners": "partners", "freeze_agreed": "manager"}.get(move)
    return wants in {None, pattern_of(document.kind).agreed_by}


def check_can_move(move: str, document: PublicDocument) -> None:
    """Raises NotAllowedError when the document's status does not allow the move."""
    if document.state not in MOVES[move].before:
        stands = IN_A_SENTENCE[PublicState(document.state)]
        raise NotAllowedError(f"the document is {stands}, so this cannot be done now")
    if not _is_of_this_kind(move, document):
        other = "goes to the partners first" if move == "freeze_agreed" else "is agreed to without the partners"
        raise NotAllowedError(f"a document of this kind {other}")


def can_move_edition(move: str, edition: Any, standing: Standing) -> bool:
    """Whether the standing of an edition (`queries.with_standing`) and the person's duties allow the move."""
    return bool(edition.stands == EDITION_MOVES[move].before) and standing.may(Permission.RUN_PUBLISHING)


def check_edition_can_move(move: str, edition: Any) -> None:
    """Raises NotAllowedError when the standing of an edition does not allow the move."""
    if edition.stands != EDITION_MOVES[move].before:
        raise NotAllowedError(f"the edition is {OF_EDITION[EditionState(edition.stands)]}, so this cannot be done now")


def check_day(edition: Edition, day: date, *, now: datetime) -> None:
    """Raises NotAllowedError for a day before the edition was frozen or after today."""
    frozen, today = timezone.localdate(edition.frozen_at), timezone.localdate(now)
    if not frozen <= day <= today:
        raise NotAllowedError(f"the day lies between {frozen:%-d %B %Y}, when it was frozen, and today")


def may_answer_for(standing: Standing, agency: Agency) -> bool:
    """Whether the person is this agency's own statutory partner."""
    return standing.may(Permission.TAKE_POSITION) and standing.person.agency_id == agency.pk


def may_answer(standing: Standing) -> bool:
    """Whether the person answers for a partner, or notes what a meeting decided."""
    return standing.may(Permission.TAKE_POSITION) or standing.may(Permission.RUN_PUBLISHING)
