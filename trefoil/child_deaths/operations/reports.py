"""The reports of the child death review partners, and the time to the next."""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.clocks.operations import start_clock, stop_clock, withdraw_clock
from trefoil.people.models import Partnership, Person
from trefoil.reviews.models import STANDS, undoing
from trefoil.reviews.moving import moment_of
from trefoil.reviews.rules import check_day, check_words

from ..models import PartnersReport
from ..moving import REPORT
from ..names import named_in
from ..queries import report_clocks_of, reports_subject

REPORT_LABEL = "Child death review partners’ report"


@transaction.atomic
def note_report(
    *, partnership: Partnership, title: str, address: str, published_on: date, by: Person, now: datetime
) -> PartnersReport:
    """The partners published a report. The time to the next runs from the latest."""
    _check_runs(by, partnership, now)
    called = title.strip()
    if not called:
        raise NotAllowedError("Say under which title it was published.")
    if named_in(partnership, {0: called}):
        raise NotAllowedError("The title names a child. Choose one that everybody may read.")
    check_day(published_on, timezone.localdate(now), "The day on which it was published")
    made = PartnersReport.objects.create(
        partnership=partnership,
        title=called,
        address=address.strip(),
        published_on=published_on,
        written_at=now,
        written_by=by,
    )
    _keep_report_clock(partnership, by=by, now=now)
    detail = {"published_on": published_on.isoformat()}
    record(event=EventType.DEATH_REPORT_NOTED, by=by, now=now, detail=detail, **_on_reports(partnership))
    return made


@transaction.atomic
def take_back_report(*, report: PartnersReport, reason: str, by: Person, now: datetime) -> None:
    """It was put on record in error. It counts no more, and the time to the next runs from the one before."""
    _check_runs(by, report.partnership, now)
    why = check_words(reason, "Say why it is taken back")
    if not PartnersReport.objects.filter(STANDS, pk=report.pk).update(**undoing(by, now, why)):
        raise NotAllowedError("It was taken back already.")
    _keep_report_clock(report.partnership, by=by, now=now)
    record(event=EventType.DEATH_REPORT_TAKEN_BACK, by=by, now=now, **_on_reports(report.partnership))


def _check_runs(by: Person, partnership: Partnership, now: datetime) -> None:
    if not standing_of(by, partnership, now=now).may(Permission.RUN_DEATHS):
        raise NotAllowedError("Your duties here do not include running the reviews of deaths.")


def _on_reports(partnership: Partnership) -> dict[str, Any]:
    return {"partnership": partnership.slug, "subject": reports_subject(partnership)}


def _keep_report_clock(partnership: Partnership, *, by: Person, now: datetime) -> None:
    """One clock runs from the latest report. What ran from an earlier one ended on the day of the next after it."""
    days = list(
        partnership.death_reports.filter(STANDS).order_by("published_on").values_list("published_on", flat=True)
    )
    for clock in report_clocks_of(partnership):
        began = timezone.localdate(clock.started_at)
        later = [one for one in days if one > began]
        if began in days and not later:
            return
        if began in days:
            stop_clock(clock=clock, stopped_at=moment_of(later[0], now), by=by, now=now)
        else:
            withdraw_clock(clock=clock, reason="The report before it was taken back.", by=by, now=now)
    if days:
        start_clock(
            partnership=partnership,
            rule_id=REPORT,
            subject=reports_subject(partnership),
            label=REPORT_LABEL,
            started_at=moment_of(days[-1], now),
            by=by,
            now=now,
        )
