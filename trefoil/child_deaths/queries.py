"""Reading the review of a death: what stands of it, what is missing, who owes what, and what it may be alike to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from trefoil.audit.models import AuditEvent
from trefoil.clocks.models import Clock
from trefoil.people.models import Partnership
from trefoil.reviews.models import STANDS

from .enums import DeathState, Likeness
from .fingerprints import alike
from .hierarchy import Step, steps
from .models import (
    AgencyReply,
    Analysis,
    AnotherChild,
    Closing,
    Death,
    DeathRetention,
    FamilySupport,
    Hearing,
    InformationRequest,
    Panel,
    PanelPaper,
    PartnersReport,
    PassedOn,
    ResponseDecision,
    ResponseStep,
    ReviewMeeting,
)


@dataclass(frozen=True)
class Owed:
    """What one agency was asked: whether its answer came, and when it is due."""

    request: InformationRequest
    reply: AgencyReply | None
    today: date

    @property
    def is_late(self) -> bool:
        return self.reply is None and self.request.due_on < self.today

    @property
    def status(self) -> tuple[str, str]:
        """Colour and word."""
        if self.reply is not None:
            return "green", "Answered"
        return ("red", "Late") if self.is_late else ("blue", "Asked")


def owed_replies(requests: Iterable[InformationRequest], today: date) -> list[Owed]:
    """Each request with the last answer that came to it. One query beside the requests."""
    asked = list(requests)
    last = {reply.request_id: reply for reply in AgencyReply.objects.filter(request__in=asked).order_by("number")}
    return [Owed(one, last.get(one.pk), today) for one in asked]


def response_of(death: Death) -> ResponseDecision | None:
    """The decision on a joint agency response that stands."""
    return death.response_decisions.filter(STANDS).select_related("written_by").first()


def steps_of(death: Death) -> list[tuple[Step, ResponseStep | None]]:
    """Each step of a joint agency response, with what was last written of it. One query."""
    done = {one.code: one for one in death.steps.select_related("written_by")}
    return [(one, done.get(one.code)) for one in steps()]


def meeting_of(death: Death) -> ReviewMeeting | None:
    """The review meeting that stands."""
    return death.meetings.filter(STANDS).first()


def paper_of(death: Death) -> PanelPaper | None:
    """The last paper for the panel."""
    return death.papers.select_related("written_by").last()


def hearing_of(death: Death) -> Hearing | None:
    """The panel that it stands before."""
    return death.hearings.filter(STANDS).select_related("panel__partnership").first()


def family_support_of(death: Death) -> list[FamilySupport]:
    """What was written of the support for the family, the last first."""
    return list(death.family_support.select_related("written_by").order_by("-pk"))


def passing_on_of(death: Death) -> PassedOn | None:
    """To whom it was passed on, where that stands."""
    return death.passed_on.filter(STANDS).first()


def reports_of(partnership: Partnership) -> list[PartnersReport]:
    """The reports that the partners published, the latest first."""
    return list(partnership.death_reports.filter(STANDS))


def reports_subject(partnership: Partnership) -> str:
    """`death_reports:fairmead`: what the clock and the trail of the partners' reports call them."""
    return f"death_reports:{partnership.slug}"


def report_clocks_of(partnership: Partnership) -> list[Clock]:
    """The time to the next report, where it runs."""
    return list(Clock.objects.about(reports_subject(partnership)).open())


def analysis_of(death: Death) -> Analysis | None:
    """The panel's analysis that stands, with its domains."""
    return death.analyses.filter(STANDS).prefetch_related("domains").select_related("written_by").first()


def likely_doubles(death: Death) -> list[tuple[Death, Likeness]]:
    """Other notifications that may be of the same child, the surest first; those told apart are left out.

    For who runs the review: it says that another death of this partnership exists.
    """
    found = alike(death, death.identity)
    apart = AnotherChild.objects.filter(Q(death=death) | Q(other=death)).values_list("death", "other")
    looked_at = {key for pair in apart for key in pair}
    others = Death.objects.filter(pk__in=found.keys() - looked_at).order_by("pk")
    order = list(Likeness)
    return sorted(((one, found[one.pk]) for one in others), key=lambda pair: order.index(pair[1]))


def clocks_of(deaths: Iterable[Death]) -> Mapping[str, list[Clock]]:
    """The clocks of each death by its subject, in order of their dates. One query."""
    found: dict[str, list[Clock]] = {}
    subjects = [death.subject for death in deaths]
    for clock in Clock.objects.about_any(subjects).order_by("due_at", "pk"):
        found.setdefault(clock.subject, []).append(clock)
    return found


def years_after(day: date, years: int) -> date:
    """The same day so many years later; 28 February for the last of a leap year's."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def retention_of(partnership: Partnership) -> DeathRetention | None:
    """How long this partnership keeps the words of its reviews; None until it has said so."""
    return DeathRetention.objects.filter(partnership=partnership).select_related("set_by").first()


def kept_until(death: Death) -> date | None:
    """The last day on which the words of a closed review are kept; None where there is none."""
    return kept_until_of([death]).get(death.pk)


def kept_until_of(deaths: Iterable[Death]) -> Mapping[int, date]:
    """The same for those of many, of one partnership, that are closed or passed on, by key. Three queries."""
    ended = [one for one in deaths if one.state in {DeathState.CLOSED, DeathState.PASSED_ON}]
    kept = retention_of(ended[0].partnership) if ended else None
    if kept is None:
        return {}
    sent = Closing.objects.filter(STANDS, death__in=ended).values_list("death", "sent_on")
    passed = PassedOn.objects.filter(STANDS, death__in=ended).values_list("death", "passed_on")
    return {key: years_after(on, kept.years) for key, on in (*sent, *passed)}


def trail_of(death: Death) -> list[AuditEvent]:
    """What was read and done of a death, newest first: for who runs its review."""
    subjects = [death.subject, f"{death.subject}/identity"]
    return list(AuditEvent.objects.filter(subject__in=subjects, partnership=death.partnership.slug)[:200])


@dataclass(frozen=True)
class Paper:
    """What a panel reads of one death: a letter and a text."""

    letter: str
    text: PanelPaper | None


def papers_before(panel: Panel) -> list[Paper]:
    """The last paper of each death before a panel, by its letter. Two queries."""
    hearings = list(panel.hearings.filter(STANDS).order_by("letter"))
    rows = PanelPaper.objects.filter(death__in=[one.death_id for one in hearings]).order_by("number")
    last = {row.death_id: row for row in rows}
    return [Paper(one.letter, last.get(one.death_id)) for one in hearings]


def other_partnerships(partnership: Partnership) -> list[Partnership]:
    """The other partnerships of this installation, by name: those that may bring deaths to a themed panel."""
    return list(Partnership.objects.exclude(pk=partnership.pk).filter(published_only=False).order_by("short_name"))
