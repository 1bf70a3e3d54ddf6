"""Everything due, as a calendar: a month as a table, or one day as a list."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from trefoil.access.enums import Permission
from trefoil.access.queries import groups_visible_to, memberships_visible_to
from trefoil.access.url_rules import PageRequest, within
from trefoil.design.frame import Crumb
from trefoil.notifications.entries import Entry, Wanted, entries_for
from trefoil.people.models import in_force

from ..calendar.month import MOST_OF_A_DAY, WEEKDAYS, Month
from ..calendar.sources import KINDS
from ..forms import CalendarForm
from ..words import counted, day_words
from .frame import page, within_partnership

LEAD = "Meetings, and what is due by when. What has been done is not on it any more."


@within(Permission.READ_CLOCKS, Permission.READ_MEETINGS)
@require_safe
def calendar_page(request: PageRequest) -> HttpResponse:
    """A month of everything that the reader may see, narrowed by agency, group and kind, or to what is theirs."""
    today = timezone.localdate()
    form = _form(request, today)
    wanted = form.wanted
    if day := form.day:
        return _one_day(request, day, form, wanted)
    month = Month.read(request.GET.get("month", ""), today)
    days = month.days
    wanted = replace(wanted, of_a_day=MOST_OF_A_DAY)
    weeks = month.weeks(entries_for(request.standing, days[0][0], days[-1][-1], wanted), today)
    inside = [day for week in weeks for day in week if day.in_month]
    number, late = sum(day.number for day in inside), sum(day.late for day in inside)
    said = f" {late} of them late." if late else ""
    return page(
        request,
        "calendar",
        title=f"Calendar: {month.words}",
        lead=f"{counted(number, 'entry', 'entries')} this month.{said} {LEAD}" if number else LEAD,
        form=form,
        month=month,
        weeks=weeks,
        weekdays=WEEKDAYS,
        is_empty=not number,
        question=_question(form, ""),
        before=_question(form, str(month.before)),
        after=_question(form, str(month.after)),
        kinds=KINDS,
    )


def _one_day(request: PageRequest, day: date, form: CalendarForm, wanted: Wanted) -> HttpResponse:
    entries = entries_for(request.standing, day, day, wanted)
    return page(
        request,
        "calendar_day",
        title=f"{day:%A} {day_words(day)}",
        lead=f"{counted(len(entries), 'entry', 'entries')}." if entries else "Nothing stands on this day.",
        above=(Crumb("Calendar", f"{within_partnership(request, 'calendar_page')}?month={Month.of(day)}"),),
        entries=[(entry, KINDS[entry.kind], _whose(entry)) for entry in entries],
        back=_question(form, str(Month.of(day))),
        is_full=len(entries) >= wanted.most,
    )


def _whose(entry: Entry) -> str:
    return entry.agency or entry.group or "The partnership"


def _form(request: PageRequest, today: date) -> CalendarForm:
    standing = request.standing
    members = memberships_visible_to(standing).filter(in_force(today))
    form = CalendarForm(
        request.GET,
        agencies=list(members.values_list("agency_id", "agency__name")),
        groups=list(groups_visible_to(standing).values_list("pk", "name")),
        kinds=list(KINDS.items()),
    )
    form.is_valid()
    return form


def _question(form: forms.Form, month: str) -> str:
    """The question part of an address: the same filter, another month."""
    kept: dict[str, Any] = {name: form.cleaned_data.get(name) for name in ("agency", "group", "kind", "mine")}
    kept = {name: "on" if value is True else value for name, value in kept.items() if value}
    return f"?{urlencode({'month': month, **kept} if month else kept)}"
