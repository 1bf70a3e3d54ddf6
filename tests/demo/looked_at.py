"""What `test_demo.py` looks at in the demo that was made once: the real authority, and Fairmead's documents."""

from django.utils import timezone

from trefoil.indicators.models import AgencyReturn, Commentary, Figure, Target
from trefoil.people.enums import DutyKind
from trefoil.people.models import Agency, Area, Duty, Group, GroupMember, Membership, Partnership
from trefoil.publishing.content import is_as_frozen, lines_of, written
from trefoil.publishing.enums import Found, PublicState
from trefoil.publishing.models import Edition, OfferAnswer, PublicDocument


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
    """Arrangements and a report frozen with nothing missing, the next report with faults, one with the partners."""
    held = list(PublicDocument.objects.filter(partnership=fairmead).order_by("ends_on", "pk"))
    assert [(one.kind, one.state) for one in held] == [
        ("arrangements", PublicState.FROZEN),
        ("yearly_report", PublicState.FROZEN),
        ("committee_report", PublicState.WITH_PARTNERS),
        ("yearly_report", PublicState.DRAFT),
    ]
    lines = lines_of(held[-1], written(held[-1], today=timezone.localdate()))
    assert {line.found for line in lines} == set(Found)
    assert any(line.key.startswith("block:") and line.holds_back for line in lines)
    arrangements, report = Edition.objects.select_related("offer").order_by("document__pk")
    assert is_as_frozen(arrangements)
    assert [line["found"] for line in arrangements.offer.content["check"]] == ["present"] * 24
    # Everything that 2023 and 2026 ask of a yearly report, and one year's accounts that do not add up.
    assert is_as_frozen(report)
    assert [line["found"] for line in report.offer.content["check"]] == ["present"] * 18 + ["overruled"]
    pictures = [block["picture"] for one in report.offer.content["sections"] for block in one["blocks"]]
    assert sum(picture is not None for picture in pictures) == 4
    answers = OfferAnswer.objects.exclude(offer__in=[arrangements.offer, report.offer])
    assert sorted(answers.values_list("answer", flat=True)) == ["approves", "asks"]
    for document in held:
        moments = [move.moved_at for move in document.moves.all()]
        assert [document.begun_at, *moments] == sorted([document.begun_at, *moments])
        assert not document.sections.filter(changed_at__gt=[*moments, timezone.now()][0]).exists()
