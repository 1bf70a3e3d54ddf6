"""Documents begun and changed, sections written, figures put in and taken out, lines set aside."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.budget.years import sample_year
from tests.plan.made import a_priority
from tests.publishing.made import (
    ENOUGH,
    IN_WORDS,
    a_document,
    a_paper,
    frozen,
    offered,
    put_in,
    section_of,
    wrote,
)
from tests.world import World
from trefoil.access.errors import NotAllowedError
from trefoil.audit.models import AuditEvent
from trefoil.editing.versions import ChangedMeanwhileError
from trefoil.people.enums import DutyKind
from trefoil.publishing.enums import BlockKind, PublicKind, PublicState
from trefoil.publishing.models import Overruling, PublicDocument
from trefoil.publishing.operations.documents import begin_document, change_document
from trefoil.publishing.operations.sections import add_block, overrule_line, remove_block, write_section


def events(document: PublicDocument) -> list[str]:
    found = AuditEvent.objects.filter(subject=document.reference).order_by("sequence")
    return list(found.values_list("event", flat=True))


def test_begin_document_has_the_sections_of_its_pattern(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    assert document.state == PublicState.DRAFT
    assert [one.key for one in document.sections.all()][:2] == ["summary", "partners"]
    assert document.sections.filter(prose="").count() == 10
    assert events(document) == ["public_document_begun"]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"title": " "}, "give the document a title"),
        ({"ends_on": date(2025, 4, 1)}, "ends after it starts"),
        ({"law": ""}, "choose the edition"),
        ({"kind": PublicKind.COMMITTEE_REPORT}, "leave the edition out"),
    ],
)
def test_begin_document_with_wrong_facts_refused(
    world: World, now: datetime, facts: dict[str, object], why: str
) -> None:
    given = {
        "kind": PublicKind.YEARLY_REPORT,
        "title": "Yearly report",
        "starts_on": date(2025, 4, 1),
        "ends_on": date(2026, 3, 31),
        "law": "WT2023",
        **facts,
    }
    with pytest.raises(NotAllowedError, match=why):
        begin_document(partnership=world.fairmead, by=world.manager, now=now, **given)  # type: ignore[arg-type]


def test_begin_document_of_a_title_that_is_there_refused(world: World, now: datetime) -> None:
    a_document(world, now=now, title="The same")
    with pytest.raises(NotAllowedError, match="of this title already"):
        begin_document(
            partnership=world.fairmead,
            kind=PublicKind.COMMITTEE_REPORT,
            title=" The same ",
            starts_on=date(2025, 4, 1),
            ends_on=date(2026, 3, 31),
            law="",
            by=world.manager,
            now=now,
        )


@pytest.mark.parametrize("kind", [kind for kind in DutyKind if kind is not DutyKind.BUSINESS_MANAGER])
def test_begin_document_refused_to_who_does_not_run_publishing(world: World, now: datetime, kind: DutyKind) -> None:
    with pytest.raises(NotAllowedError, match="do not include running reports"):
        begin_document(
            partnership=world.fairmead,
            kind=PublicKind.COMMITTEE_REPORT,
            title="A paper",
            starts_on=date(2025, 4, 1),
            ends_on=date(2026, 3, 31),
            law="",
            by=world.holder[kind],
            now=now,
        )


def _changed(document: PublicDocument, world: World, now: datetime, **facts: object) -> None:
    given = {name: getattr(document, name) for name in ("title", "starts_on", "ends_on", "law")}
    seen = {"seen_version": document.version}
    change_document(document=document, by=world.manager, now=now, **{**given, **seen, **facts})  # type: ignore[arg-type]


def test_change_document_that_another_saved_first_refused(world: World, now: datetime) -> None:
    document, same = a_document(world, now=now), a_document(world, now=now)
    _changed(document, world, now, law="WT2018")
    assert (document.law, events(document)[-1]) == ("WT2018", "public_document_changed")
    with pytest.raises(ChangedMeanwhileError):
        _changed(same, world, now, law="WT2026")


def test_change_document_to_a_title_that_is_there_refused(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    with pytest.raises(NotAllowedError, match="of this title already"):
        _changed(document, world, now, title=a_paper(world, now=now).title)
    _changed(document, world, now)


def test_write_section_keeps_words_and_what_they_answer(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    section = section_of(document, "summary")
    write_section(
        section=section,
        prose=f"  {ENOUGH}\n",
        answers=["YR18-M2", "YR18-M1"],
        seen_version=1,
        by=world.bob,
        now=now,
    )
    section.refresh_from_db()
    assert (section.prose, section.answers, section.changed_by) == (ENOUGH, ["YR18-M1", "YR18-M2"], world.bob)
    assert events(document)[-1] == "section_written"


def test_write_section_that_another_saved_first_refused(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    mine, theirs = section_of(document, "summary"), section_of(document, "summary")
    wrote(theirs, world, now=now)
    with pytest.raises(ChangedMeanwhileError, match="has saved this since you opened it"):
        wrote(mine, world, now=now, prose="Mine.")
    assert section_of(document, "summary").prose == ENOUGH


def test_write_section_of_two_places_at_once_is_no_clash(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    mine, theirs = section_of(document, "summary"), section_of(document, "money")
    wrote(theirs, world, now=now)
    wrote(mine, world, now=now)
    assert document.sections.exclude(prose="").count() == 2


def test_write_section_that_claims_what_belongs_elsewhere_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="cannot answer that"):
        wrote(section_of(a_document(world, now=now), "summary"), world, now=now, answers=("YR23-10",))


def test_write_section_too_long_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="at most 30,000 characters"):
        wrote(section_of(a_document(world, now=now), "summary"), world, now=now, prose="a" * 30_001)


@pytest.mark.parametrize("kind", [DutyKind.GROUP_MEMBER, DutyKind.READER, DutyKind.AGENCY_RETURNS])
def test_write_section_refused_to_who_does_not_write(world: World, now: datetime, kind: DutyKind) -> None:
    section = section_of(a_document(world, now=now), "summary")
    with pytest.raises(NotAllowedError, match="do not include writing reports"):
        write_section(section=section, prose="x", answers=[], seen_version=1, by=world.holder[kind], now=now)


def test_nothing_changes_while_a_document_is_with_the_partners(world: World, now: datetime) -> None:
    document = a_paper(world, now=now)
    block = put_in(section_of(document, "performance"), BlockKind.BUDGET, _a_budget(world, now), world, now=now)
    offered(world, now=now)
    section = section_of(document, "summary")
    acts: list[Callable[[], object]] = [
        lambda: wrote(section, world, now=now),
        lambda: put_in(section, BlockKind.INDICATOR, "FD08", world, now=now),
        lambda: remove_block(block=block, by=world.manager, now=now),
        lambda: overrule_line(document=document, line="x", reason=IN_WORDS, by=world.manager, now=now),
        lambda: _changed(document, world, now),
    ]
    for act in acts:
        with pytest.raises(NotAllowedError, match="with the partners: draw it back"):
            act()


def _a_budget(world: World, now: datetime) -> str:
    return str(sample_year(world, now=now).first_year)


def test_nothing_changes_in_a_frozen_document(world: World, now: datetime) -> None:
    document = frozen(world, now=now).document
    with pytest.raises(NotAllowedError, match="frozen, so it stays as it is"):
        wrote(section_of(document, "summary"), world, now=now)


def test_add_block_of_each_kind_and_remove_it(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    section = section_of(document, "data")
    put_in(section, BlockKind.PRIORITY, str(a_priority(world, now=now).pk), world, now=now)
    put_in(section, BlockKind.BUDGET, _a_budget(world, now), world, now=now)
    block = put_in(section, BlockKind.INDICATOR, "FD08", world, now=now)
    assert events(document)[-1] == "block_added"
    remove_block(block=block, by=world.bob, now=now)
    assert (block.removed_by, events(document)[-1]) == (world.bob, "block_removed")
    with pytest.raises(NotAllowedError, match="taken them out already"):
        remove_block(block=block, by=world.manager, now=now)
    put_in(section, BlockKind.INDICATOR, "FD08", world, now=now)
    with pytest.raises(NotAllowedError, match="stand in this section already"):
        put_in(section, BlockKind.INDICATOR, "FD08", world, now=now)


@pytest.mark.parametrize(
    ("kind", "shows"),
    [
        (BlockKind.INDICATOR, "XX99"),
        (BlockKind.PRIORITY, "999"),
        (BlockKind.PRIORITY, "9" * 30),
        (BlockKind.BUDGET, "no year"),
    ],
)
def test_add_block_of_what_is_not_there_refused(world: World, now: datetime, kind: BlockKind, shows: str) -> None:
    with pytest.raises(NotAllowedError, match="there is no such record"):
        put_in(section_of(a_document(world, now=now), "data"), kind, shows, world, now=now)


def test_add_block_of_a_budget_refused_to_who_does_not_read_it(world: World, now: datetime) -> None:
    first_year = _a_budget(world, now)
    section = section_of(a_document(world, now=now), "money")
    with pytest.raises(NotAllowedError, match="your duties do not let you read it"):
        add_block(section=section, kind=BlockKind.BUDGET, shows=first_year, by=world.bob, now=now)


def test_overrule_line_keeps_its_reason(world: World, now: datetime) -> None:
    document = a_document(world, now=now)
    overrule_line(document=document, line="YR23-9", reason=IN_WORDS, by=world.manager, now=now)
    assert Overruling.objects.get().reason == IN_WORDS
    event = AuditEvent.objects.filter(subject=document.reference).latest("sequence")
    assert (event.event, event.reason, event.detail) == ("check_overruled", IN_WORDS, {"line": "YR23-9"})
    with pytest.raises(NotAllowedError, match="set aside already"):
        overrule_line(document=document, line="YR23-9", reason=IN_WORDS, by=world.manager, now=now)


def test_overrule_line_without_a_reason_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="say why it is left out"):
        overrule_line(document=a_document(world, now=now), line="YR23-9", reason=" no ", by=world.manager, now=now)


def test_overrule_line_by_a_writer_refused(world: World, now: datetime) -> None:
    with pytest.raises(NotAllowedError, match="do not include running reports"):
        overrule_line(document=a_document(world, now=now), line="YR23-9", reason=IN_WORDS, by=world.bob, now=now)
