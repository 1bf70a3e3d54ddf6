"""The panel: called, its members, the anonymised paper of a death, and the death put before it."""

from collections.abc import Iterable
from datetime import date, datetime
from string import ascii_uppercase

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from trefoil.access.at_once import unless_just_entered
from trefoil.access.enums import Permission
from trefoil.access.errors import NotAllowedError
from trefoil.access.queries import standing_of
from trefoil.audit.enums import EventType
from trefoil.audit.operations import record
from trefoil.people.models import Partnership, Person
from trefoil.reviews.operations.incidents import LONGEST_READING
from trefoil.reviews.rules import check_words, people_here

from ..models import Death, Hearing, Panel, PanelMember, PanelPaper
from ..moving import held, move, on_death
from ..names import faults_in
from ..queries import paper_of
from ..rules import check_leads, check_move, check_open, panels_called_by
from ..telling import tell


@transaction.atomic
def call_panel(
    *,
    partnership: Partnership,
    meets_on: date,
    by: Person,
    now: datetime,
    theme: str = "",
    guests: Iterable[Partnership] = (),
) -> Panel:
    """Call a meeting of the panel. A themed one may take deaths of other partnerships: its guests."""
    if not standing_of(by, partnership, now=now).may(Permission.RUN_DEATHS):
        raise NotAllowedError("Your duties do not include calling the panel.")
    invited = [one for one in guests if one.pk != partnership.pk]
    if invited and not theme.strip():
        raise NotAllowedError("A panel with other partnerships has a theme. Say which.")
    panel = Panel.objects.create(
        partnership=partnership, meets_on=meets_on, theme=theme.strip(), called_at=now, called_by=by
    )
    panel.guests.set(invited)
    record(
        event=EventType.DEATH_PANEL_CALLED,
        by=by,
        now=now,
        detail={"meets_on": meets_on.isoformat(), "guests": [one.slug for one in invited]},
        partnership=partnership.slug,
        subject=panel.subject,
    )
    return panel


def _check_calls(panel: Panel, by: Person, now: datetime) -> None:
    if not panels_called_by(standing_of(by, panel.partnership, now=now)).filter(pk=panel.pk).exists():
        raise NotAllowedError("Only who may call this panel does that.")


@transaction.atomic
def seat_member(
    *, panel: Panel, person: Person, ends_on: date, by: Person, now: datetime, reads_for: Partnership | None = None
) -> PanelMember:
    """Let one person read the papers of a panel until a day. They see no reference, no name and no day of birth.

    `reads_for` is their own partnership: the one that calls the panel, or a guest of it.
    """
    _check_calls(panel, by, now)
    home, today = reads_for or panel.partnership, timezone.localdate(now)
    if home != panel.partnership and not panel.guests.filter(pk=home.pk).exists():
        raise NotAllowedError(f"{home.short_name} is no guest of this panel.")
    if not today <= ends_on <= today + LONGEST_READING:
        raise NotAllowedError("The last day of reading lies between today and a year from now.")
    if not people_here(home, today).filter(pk=person.pk).exists():
        raise NotAllowedError(f"{person} holds no duty in {home.short_name} today that lets them read papers.")
    if panel.members.filter(person=person, ended_at__isnull=True).exists():
        raise NotAllowedError(f"{person} is on this panel already.")
    with unless_just_entered("this member"):
        seat = PanelMember.objects.create(
            panel=panel, person=person, reads_for=home, ends_on=ends_on, given_at=now, given_by=by
        )
    detail = {"person": person.pk, "until": ends_on.isoformat()}
    record(
        event=EventType.DEATH_PANEL_SEAT_GIVEN,
        by=by,
        now=now,
        detail=detail,
        partnership=panel.partnership.slug,
        subject=panel.subject,
    )
    tell(home, person, f"panel:{seat.pk}", "Papers of a panel were opened for you.", by=by, now=now)
    return seat


@transaction.atomic
def end_seat(*, member: PanelMember, by: Person, now: datetime) -> None:
    """Somebody reads the papers no more, from this moment."""
    _check_calls(member.panel, by, now)
    if not PanelMember.objects.filter(pk=member.pk, ended_at__isnull=True).update(ended_at=now, ended_by=by):
        raise NotAllowedError("That has ended already.")
    record(
        event=EventType.DEATH_PANEL_SEAT_ENDED,
        by=by,
        now=now,
        detail={"person": member.person_id},
        partnership=member.panel.partnership.slug,
        subject=member.panel.subject,
    )
    member.refresh_from_db()


@transaction.atomic
def write_paper(*, death: Death, words: str, by: Person, now: datetime) -> PanelPaper:
    """What the panel reads. Refused while it holds the child’s name, date of birth, number or postcode.

    Until the panel has judged it can be written again, also while the death is before it.
    """
    check_leads(by, death, now)
    own = held(death)
    check_open(own)
    said = check_words(words, "Write what the panel reads")
    if faults := faults_in(own.identity, said):
        raise NotAllowedError(f"The panel reads papers without names. This one still holds: {faults}.")
    number = own.papers.count() + 1
    paper = PanelPaper.objects.create(death=own, number=number, words=said, written_at=now, written_by=by)
    record(event=EventType.DEATH_PAPER_WRITTEN, by=by, now=now, detail={"number": number}, **on_death(own))
    return paper


@transaction.atomic
def put_to_panel(*, death: Death, panel: Panel, by: Person, now: datetime) -> Hearing:
    """The death is put before a panel, there under the next letter. Its paper is looked through once more.

    The name may have been corrected since the paper was written.
    """
    check_leads(by, death, now)
    own = held(death)
    to, host = check_move("put_to_panel", own), Panel.objects.select_for_update(of=("self",)).get(pk=panel.pk)
    is_here = Q(partnership=own.partnership) | Q(guests=own.partnership)
    if not Panel.objects.filter(is_here, pk=host.pk).exists():
        raise NotAllowedError("This panel takes no deaths of this partnership.")
    paper = paper_of(own)
    if paper is None:
        raise NotAllowedError("Write the paper for the panel first.")
    if faults := faults_in(own.identity, paper.words):
        raise NotAllowedError(f"The paper is not anonymous any more. It holds: {faults}.")
    taken = host.hearings.count()
    if taken >= len(ascii_uppercase):
        raise NotAllowedError("A panel takes 26 deaths at most.")
    hearing = Hearing.objects.create(death=own, panel=host, letter=ascii_uppercase[taken], put_at=now, put_by=by)
    move(own, to, by=by, now=now)
    record(event=EventType.DEATH_PUT_TO_PANEL, by=by, now=now, detail={"panel": host.pk}, **on_death(own))
    death.refresh_from_db()
    return hearing
