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
    """Arrangements frozen with nothing missing, a yearly report with faults, a committee report with the partners."""
    held = {one.kind: one for one in PublicDocument.objects.filter(partnership=fairmead)}
    assert {kind: one.state for kind, one in held.items()} == {
        "arrangements": PublicState.FROZEN,
        "yearly_report": PublicState.DRAFT,
        "committee_report": PublicState.WITH_PARTNERS,
    }
    report = held["yearly_report"]
    lines = lines_of(report, written(report, today=timezone.localdate()))
    assert {line.found for line in lines} == set(Found)
    assert any(line.key.startswith("block:") and line.is_missing for line in lines)
    edition = Edition.objects.select_related("offer").get()
    assert is_as_frozen(edition)
    assert [line["found"] for line in edition.offer.content["check"]] == ["present"] * 24
    assert any(block["picture"] for one in edition.offer.content["sections"] for block in one["blocks"])
    answers = OfferAnswer.objects.exclude(offer=edition.offer)
    assert sorted(answers.values_list("answer", flat=True)) == ["approves", "asks"]
    for document in held.values():
        moments = [move.moved_at for move in document.moves.all()]
        assert [document.begun_at, *moments] == sorted([document.begun_at, *moments])
        assert not document.sections.filter(changed_at__gt=[*moments, timezone.now()][0]).exists()
