"""What Fairmead publishes: arrangements and a yearly report that are frozen, the next one begun, a report with the
partners.

Everything goes through the operations, by the people whose duty it is; figures are prepared for publication first.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from trefoil.indicators.operations.publication import publish_edition
from trefoil.indicators.publishing.counted import offered
from trefoil.indicators.publishing.prepared import prepared
from trefoil.people.models import Person
from trefoil.plan.models import Priority
from trefoil.publishing.enums import Answer, BlockKind, PublicKind
from trefoil.publishing.models import Block, Edition, PublicDocument
from trefoil.publishing.operations.approving import answer_offer, freeze_edition, offer_to_partners
from trefoil.publishing.operations.comments import comment_on_section, settle_comment
from trefoil.publishing.operations.contributions import ask_for_contribution, give_contribution
from trefoil.publishing.operations.documents import begin_document
from trefoil.publishing.operations.sections import add_block, overrule_line, write_section

from .borough import Borough, read_toml
from .fairmead_published import PARTNERS, go_out, replaced, take_up_again

WRITERS = ("manager", "analyst", "council_lead", "health_lead")
PREPARED = ("FD08", "EH09", "QA08", "TR01")
APRIL = 4


@dataclass(frozen=True)
class Making:
    """What everything is made from: the borough, the words, the demo's moment."""

    borough: Borough
    words: dict[str, Any]
    now: datetime

    def person(self, key: str) -> Person:
        return self.borough.people[key]

    @property
    def this(self) -> int:
        """The first year of the financial year that the demo's day lies in."""
        today = timezone.localdate(self.now)
        return today.year if today.month >= APRIL else today.year - 1


def invent_documents(borough: Borough, *, now: datetime) -> None:
    """Five documents at three stages; four editions, one of them taken down, one published late."""
    making = Making(borough, read_toml("fairmead_publishing.toml"), now)
    after = read_toml("fairmead_published.toml")
    _prepare_figures(making)
    older = _finished(making, after["older"], PublicKind.YEARLY_REPORT, 470, first_year=making.this - 2)
    go_out(borough, older, after["older"]["after"], now=now)
    _arrangements(making, after)
    report = _finished(making, making.words["finished"], PublicKind.YEARLY_REPORT, 110)
    go_out(borough, report, after["finished"]["after"], now=now)
    _next_report(making)
    _committee(making)


def _prepare_figures(making: Making) -> None:
    """The approved months of the last financial year, looked at and confirmed one by one as the analyst does."""
    partnership, last_day = making.borough.partnership, date(making.this, 3, 31)
    for wanted in sorted(wanted for indicator in PREPARED for wanted in offered(partnership, indicator)):
        if not wanted.dimension and timedelta(0) <= last_day - wanted.period.end < timedelta(days=360):
            publish_edition(
                partnership=partnership,
                wanted=wanted,
                looked_at=prepared(partnership, wanted).digest,
                by=making.person("analyst"),
                now=making.now - timedelta(days=120),
            )


def _arrangements(making: Making, after: dict[str, Any]) -> None:
    """Two editions of the arrangements: the second takes the place of the first, which is taken down."""
    first = _finished(making, making.words["arrangements"], PublicKind.ARRANGEMENTS, 215)
    go_out(making.borough, first, after["arrangements"]["after"], now=making.now)
    document, again = first.document, making.now - timedelta(days=75)
    take_up_again(making.borough, document, after["second"], then=again)
    second = approved_and_frozen(making, document, again)
    go_out(making.borough, second, after["second"]["after"], now=making.now)
    replaced(making.borough, first, after["second"], then=second.frozen_at + timedelta(days=1, hours=1))


def _finished(making: Making, words: dict[str, Any], kind: PublicKind, days: int, *, first_year: int = 0) -> Edition:
    """Written, what is missing or wrong with figures set aside with a reason, approved by all three and frozen."""
    began, manager = making.now - timedelta(days=days), making.person("manager")
    document = _begun(making, kind, words["title"], words["law"], began, first_year=first_year)
    written_by_several(making, document, words["sections"], began)
    blocks = Block.objects.filter(section__document=document, kind__in=words)
    reasons = {f"block:{block.pk}": words[block.kind] for block in blocks} | words.get("overruled", {})
    for line, reason in reasons.items():
        overrule_line(document=document, line=line, reason=reason, by=manager, now=began + timedelta(days=18))
    return approved_and_frozen(making, document, began)


def approved_and_frozen(making: Making, document: PublicDocument, began: datetime) -> Edition:
    """Put to the partners, answered by each of them, frozen."""
    manager = making.person("manager")
    offer_to_partners(document=document, by=manager, now=began + timedelta(days=20))
    for place, (agency, partner) in enumerate(PARTNERS.items()):
        answer_offer(
            document=document,
            agency=making.borough.agencies[agency],
            answer=Answer.APPROVES,
            by=making.person(partner),
            now=began + timedelta(days=25 + 4 * place),
        )
    return freeze_edition(document=document, by=manager, now=began + timedelta(days=36))


def _next_report(making: Making) -> None:
    """A draft for the year that runs: some sections are empty, and the check finds what should not go out."""
    began = making.now - timedelta(days=40)
    words = making.words["begun"]
    document = _begun(making, PublicKind.YEARLY_REPORT, words["title"], "WT2026", began, first_year=making.this)
    written_by_several(making, document, words["sections"], began)
    for line, reason in words["overruled"].items():
        overrule_line(
            document=document, line=line, reason=reason, by=making.person("manager"), now=began + timedelta(days=20)
        )
    _asked_of_agencies(making, document, words["asked"], began + timedelta(days=12))
    for key, one in words["comments"].items():
        section = document.sections.select_related("document__partnership").get(key=key)
        then = began + timedelta(days=22)
        comment = comment_on_section(section=section, words=one["words"], by=making.person(one["by"]), now=then)
        if one["settled"]:
            settle_comment(comment=comment, by=making.person("manager"), now=then + timedelta(days=2))


def _asked_of_agencies(making: Making, document: PublicDocument, asked: list[dict[str, Any]], then: datetime) -> None:
    """Agencies asked for their parts: one is handed in, one is late, one has time yet."""
    for one in asked:
        part = ask_for_contribution(
            section=document.sections.select_related("document__partnership").get(key=one["section"]),
            agency=making.borough.agencies[one["agency"]],
            ask=one["ask"],
            due_on=timezone.localdate(then) + timedelta(days=one["days"]),
            by=making.person("manager"),
            now=then,
        )
        if "given" in one:
            by, when = making.person(one["by"]), then + timedelta(days=9)
            give_contribution(contribution=part, given=one["given"], by=by, now=when)


def _committee(making: Making) -> None:
    """With the partners: one approves, one asks for changes, one has not answered."""
    began = making.now - timedelta(days=14)
    words = making.words["committee"]
    document = _begun(making, PublicKind.COMMITTEE_REPORT, words["title"], "", began)
    written_by_several(making, document, words["sections"], began)
    offer_to_partners(document=document, by=making.person("manager"), now=began + timedelta(days=11))
    said = {"council": (Answer.APPROVES, ""), "police": (Answer.ASKS, words["asks"])}
    for place, (agency, (answer, asked)) in enumerate(said.items()):
        answer_offer(
            document=document,
            agency=making.borough.agencies[agency],
            answer=answer,
            words=asked,
            by=making.person(PARTNERS[agency]),
            now=began + timedelta(days=12 + place),
        )


def _begun(
    making: Making, kind: PublicKind, title: str, law: str, then: datetime, *, first_year: int = 0
) -> PublicDocument:
    """A document of a year, the one that closed unless another is named."""
    year = first_year or making.this - 1
    return begin_document(
        partnership=making.borough.partnership,
        kind=kind,
        title=f"{title}, {year} to {year + 1}",
        starts_on=date(year, APRIL, 1),
        ends_on=date(year + 1, 3, 31),
        law=law,
        by=making.person("manager"),
        now=then,
    )


def written_by_several(making: Making, document: PublicDocument, sections: dict[str, Any], began: datetime) -> None:
    """Each section that has words, by one of those who write, on a day of its own."""
    for place, (key, facts) in enumerate(sections.items()):
        section = document.sections.select_related("document__partnership").get(key=key)
        by, then = making.person(WRITERS[place % len(WRITERS)]), began + timedelta(days=1 + place)
        for figures in facts.get("figures", ()):
            kind = BlockKind(figures["kind"])
            shows = _shows(making, document, kind, figures["shows"])
            add_block(section=section, kind=kind, shows=shows, by=making.person("manager"), now=then)
        write_section(
            section=section,
            prose=facts["prose"],
            answers=facts.get("answers", []),
            seen_version=section.version,
            by=by,
            now=then,
        )


def _shows(making: Making, document: PublicDocument, kind: BlockKind, named: str) -> str:
    """The key of what the words name: a priority of the document’s own year, a budget’s year counted from this one."""
    if kind is BlockKind.PRIORITY:
        year = document.starts_on.year
        found = Priority.objects.filter(partnership=document.partnership, title=named, year__starts_on__year=year)
        return str(found.get().pk)
    if kind is BlockKind.ATTENDANCE:
        return str(making.borough.groups[named].pk)
    if kind is BlockKind.BUDGET:
        return str(making.this - {"this year": 0, "last year": 1, "two years ago": 2}[named])
    return named
