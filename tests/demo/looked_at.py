"""What `test_demo.py` looks at in the demo that was made once: the real authority, and Fairmead's documents."""

from django.utils import timezone

from trefoil.indicators.models import AgencyReturn, Commentary, Figure, Target
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Area, Duty, Group, GroupMember, Membership, Partnership
from trefoil.publishing.content import is_as_frozen, lines_of, written
from trefoil.publishing.enums import Found, PublicState
from trefoil.publishing.models import Edition, OfferAnswer, PolicyCare, PublicDocument
from trefoil.publishing.queries import public_editions, with_standing
from trefoil.publishing.steps import steps_of

# The kinds of which somebody else asks something: the law, or a committee.
ASKED_OF = ("yearly_report", "arrangements", "committee_report")


def nothing_invented_in(real: Partnership) -> None:
    """Readers' duties alone tie anybody to it; its bodies, groups and figures come from what was published."""
    assert {*Duty.objects.filter(partnership=real).values_list("kind", flat=True)} == {DutyKind.READER}
    assert not Agency.objects.filter(memberships__partnership=real, is_invented=True).exists()
    assert not Membership.objects.filter(partnership=real, source="").exists()
    assert not Group.objects.filter(partnership=real, source="").exists()
    assert not GroupMember.objects.filter(group__partnership=real).exists()
    assert not Commentary.objects.filter(partnership=real).exists()
    assert not AgencyReturn.objects.filter(partnership=real, source="").exists()
    assert not Figure.objects.filter(partnership=real, entered_by__isnull=False).exists()
    assert not Target.objects.filter(partnership=real, source="").exists()
    assert Area.objects.get(partnerships=real).kind == "local_authority"


def documents_of(fairmead: Partnership) -> None:
    """Reports and arrangements frozen, the next report with faults, one with the partners; what the public may read."""
    asked_of = PublicDocument.objects.filter(partnership=fairmead, kind__in=ASKED_OF)
    held = list(asked_of.order_by("ends_on", "pk"))
    assert [(one.kind, one.state) for one in held] == [
        ("yearly_report", PublicState.FROZEN),
        ("arrangements", PublicState.FROZEN),
        ("yearly_report", PublicState.FROZEN),
        ("committee_report", PublicState.WITH_PARTNERS),
        ("yearly_report", PublicState.DRAFT),
    ]
    lines = lines_of(held[-1], written(held[-1], today=timezone.localdate()))
    assert {line.found for line in lines} == set(Found)
    assert any(line.key.startswith("block:") and line.holds_back for line in lines)
    for document in held:
        moments = [move.moved_at for move in document.moves.all()]
        assert [document.begun_at, *moments] == sorted([document.begun_at, *moments])
        assert (
            not document.sections.filter(changed_at__gt=[*moments, timezone.now()][0]).exists() or document == held[1]
        )
    answers = OfferAnswer.objects.filter(offer__document=held[3])
    assert sorted(answers.values_list("answer", flat=True)) == ["approves", "asks"]
    _editions_of(fairmead, held[1], held[2])
    _other_kinds_of(fairmead)


def _editions_of(fairmead: Partnership, arrangements: PublicDocument, report: PublicDocument) -> None:
    """Nothing missing in what was frozen; one edition taken down because another took its place, one out too late."""
    for edition in arrangements.editions.select_related("offer"):
        assert is_as_frozen(edition)
        assert [line["found"] for line in _asked(edition)] == ["present"] * 24
    # Everything that 2023 and 2026 ask of a yearly report, and one year's accounts that do not add up.
    edition = Edition.objects.select_related("offer").get(document=report)
    assert is_as_frozen(edition)
    assert [line["found"] for line in _asked(edition)] == ["present"] * 18
    assert [line["key"][:6] for line in edition.offer.content["check"] if line["found"] == "overruled"] == ["block:"]
    pictures = [block["picture"] for one in edition.offer.content["sections"] for block in one["blocks"]]
    assert sum(picture is not None for picture in pictures) == 4
    out = list(public_editions(fairmead, timezone.now()).filter(document__kind__in=ASKED_OF))
    assert [(one.document.kind, one.number) for one in out] == [
        ("yearly_report", 1),
        ("arrangements", 2),
        ("yearly_report", 1),
    ]
    older = steps_of(out[-1], now=timezone.now())
    assert older.days_late(timezone.localdate()) > 0
    assert older.statements
    assert {line.sending is None for line in older.recipients} == {True, False}


def _other_kinds_of(fairmead: Partnership) -> None:
    """Briefing, policy and newsletter out, a policy taken down, one overdue, a review that waits for the panel."""
    others = Edition.objects.filter(document__partnership=fairmead).exclude(document__kind__in=ASKED_OF)
    stand = sorted((one.document.kind, one.stands) for one in with_standing(others, timezone.now()))
    assert stand == [
        ("learning_briefing", "published"),
        ("newsletter", "published"),
        ("policy", "published"),
        ("policy", "taken_down"),
        ("review_report", "not_published"),
    ]
    review = steps_of(others.get(document__kind="review_report"), now=timezone.now())
    assert len(review.open_before(timezone.localdate())) == 3
    overdue = PolicyCare.objects.filter(review_on__lt=timezone.localdate())
    assert [one.document.title for one in overdue] == ["When a child is not brought to an appointment"]


def _asked(edition: Edition) -> list[dict[str, str]]:
    """The lines of an edition's check that the law asks for."""
    return [line for line in edition.offer.content["check"] if ":" not in line["key"]]
