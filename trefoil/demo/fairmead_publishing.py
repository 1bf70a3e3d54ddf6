"""What Fairmead publishes: arrangements that are frozen, a yearly report half written, a report with the partners.

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
from trefoil.publishing.models import PublicDocument
from trefoil.publishing.operations.approving import answer_offer, freeze_edition, offer_to_partners
from trefoil.publishing.operations.documents import begin_document
from trefoil.publishing.operations.sections import add_block, overrule_line, write_section

from .borough import Borough, read_toml

PARTNERS = {"council": "council_partner", "icb": "health_partner", "police": "police_partner"}
WRITERS = ("manager", "analyst", "council_lead", "health_lead")
PREPARED = ("FD08",)
APRIL = 4


@dataclass(frozen=True)
class _Making:
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
    """Three documents at three stages."""
    making = _Making(borough, read_toml("fairmead_publishing.toml"), now)
    _prepare_figures(making)
    _arrangements(making)
    _report(making)
    _committee(making)


def _prepare_figures(making: _Making) -> None:
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


def _arrangements(making: _Making) -> None:
    """Written, approved by all three and frozen."""
    began = making.now - timedelta(days=95)
    words = making.words["arrangements"]
    document = _begun(making, PublicKind.ARRANGEMENTS, words["title"], "WT2023", began)
    _written(making, document, words["sections"], began)
    offer_to_partners(document=document, by=making.person("manager"), now=began + timedelta(days=20))
    for place, (agency, partner) in enumerate(PARTNERS.items()):
        answer_offer(
            document=document,
            agency=making.borough.agencies[agency],
            answer=Answer.APPROVES,
            by=making.person(partner),
            now=began + timedelta(days=25 + 4 * place),
        )
    freeze_edition(document=document, by=making.person("manager"), now=began + timedelta(days=36))


def _report(making: _Making) -> None:
    """A draft: some sections are empty, one figure is missing, one year’s accounts do not add up."""
    began = making.now - timedelta(days=40)
    words = making.words["report"]
    document = _begun(making, PublicKind.YEARLY_REPORT, words["title"], "WT2023", began)
    _written(making, document, words["sections"], began)
    for line, reason in words["overruled"].items():
        overrule_line(
            document=document, line=line, reason=reason, by=making.person("manager"), now=began + timedelta(days=20)
        )


def _committee(making: _Making) -> None:
    """With the partners: one approves, one asks for changes, one has not answered."""
    began = making.now - timedelta(days=14)
    words = making.words["committee"]
    document = _begun(making, PublicKind.COMMITTEE_REPORT, words["title"], "", began)
    _written(making, document, words["sections"], began)
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


def _begun(making: _Making, kind: PublicKind, title: str, law: str, then: datetime) -> PublicDocument:
    return begin_document(
        partnership=making.borough.partnership,
        kind=kind,
        title=f"{title}, {making.this - 1} to {making.this}",
        starts_on=date(making.this - 1, APRIL, 1),
        ends_on=date(making.this, 3, 31),
        law=law,
        by=making.person("manager"),
        now=then,
    )


def _written(making: _Making, document: PublicDocument, sections: dict[str, Any], began: datetime) -> None:
    """Each section that has words, by one of those who write, on a day of its own."""
    for place, (key, facts) in enumerate(sections.items()):
        section = document.sections.select_related("document__partnership").get(key=key)
        by, then = making.person(WRITERS[place % len(WRITERS)]), began + timedelta(days=1 + place)
        for figures in facts.get("figures", ()):
            kind = BlockKind(figures["kind"])
            shows = _shows(making, kind, figures["shows"])
            add_block(section=section, kind=kind, shows=shows, by=making.person("manager"), now=then)
        write_section(
            section=section,
            prose=facts["prose"],
            answers=facts.get("answers", []),
            seen_version=section.version,
            by=by,
            now=then,
        )


def _shows(making: _Making, kind: BlockKind, named: str) -> str:
    """The key of what the words name: a priority of the plan's year before this one, a year counted from this one."""
    if kind is BlockKind.PRIORITY:
        found = Priority.objects.filter(partnership=making.borough.partnership, title=named)
        return str(found.earliest("year__starts_on").pk)
    if kind is BlockKind.BUDGET:
        return str(making.this - {"last year": 1, "two years ago": 2}[named])
    return named
