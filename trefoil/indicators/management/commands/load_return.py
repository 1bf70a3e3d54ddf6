"""`trefoil load_return FILE`: check a file of figures, say what is wrong with it, and store it.

Exit status, so that an agency's own pipeline can act on it: 0 clean (notes do not count), 1 the file has errors or
faults, 2 the file could not be looked at. Faults are stored with the figures; errors stop the whole file.
"""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from trefoil.access.errors import NotAllowedError
from trefoil.people.models import Person

from ...catalogue.loader import catalogue
from ...enums import FigureSource, ReturnState
from ...fingerprint import fingerprint
from ...intake.context import Context
from ...intake.read import ReadResult, read_return
from ...models import AgencyReturn
from ...operations.entries import take_figures
from ...operations.returns import hand_in_published, open_return
from ...periods import PeriodError, parse_period
from ...queries_returns import held_rows
from ...return_of_file import (
    CannotTellError,
    Wanted,
    agency_of,
    authority_named,
    authority_names,
    open_return_for,
    partnership_of,
    period_of,
)
from ...rows import Finding, Severity

WRONG, UNREAD = 1, 2
PACK = "performance_pack"
PACK_TITLE = "Performance Matters"
COULD_NOT = "the file could not be checked: "


class Command(BaseCommand):
    help = (
        "Check a file of figures (CSV or XLSX) and store it in the return it belongs to. Prints every finding. Exits 0 "
        "when the file is clean, 1 when it has an error or a fault, 2 when it could not be looked at. A file with an "
        "error is not stored; one with faults is, and the faults with it."
    )
    # A dry run needs no database and no installation.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--area", required=True, help="the authority whose figures they are, such as Barnet")
        parser.add_argument("--agency", default="", help="the agency's name, where several could be meant")
        parser.add_argument("--period", default="", help="the return's period, such as 2019-02 or 2018-Q4")
        parser.add_argument("--title", default="", help="the return's title, where several could be meant")
        parser.add_argument("--by", default="", help="e-mail address of the person who enters them")
        parser.add_argument("--dry-run", action="store_true", help="check alone: no database is needed or touched")

    def handle(self, *_args: Any, file: Path, dry_run: bool, by: str, **options: Any) -> None:
        try:
            data = file.read_bytes()
            wanted = _wanted(options)
            read = self._checked(file.name, data, wanted) if dry_run else self._load(file.name, data, wanted, by)
        except OSError as wrong:
            raise CommandError(f"{COULD_NOT}{wrong.strerror}: {file}", returncode=UNREAD) from wrong
        except (CannotTellError, PeriodError, NotAllowedError) as wrong:
            raise CommandError(f"{COULD_NOT}{wrong}", returncode=UNREAD) from wrong
        if read.of(Severity.ERROR) or read.of(Severity.FAULT):
            sys.exit(WRONG)

    def _checked(self, name: str, data: bytes, wanted: Wanted) -> ReadResult:
        area = authority_named(wanted.area)
        others = authority_names() - {area}
        # No return says here which period is asked, so a slip of the hand in it would pass.
        today = timezone.localdate()
        context = Context(catalogue(), area, wanted.agency, wanted.period, other_areas=others, today=today)
        read = read_return(name, data, context)
        self._say(name, read)
        self._print("Dry run: nothing was stored.")
        return read

    def _load(self, name: str, data: bytes, wanted: Wanted, by: str) -> ReadResult:
        partnership = partnership_of(wanted.area)
        area = partnership.area.name
        loose = Context(catalogue(), area, wanted.agency, wanted.period, other_areas=authority_names() - {area})
        read = read_return(name, data, loose)
        if read.money or not read.ok:
            self._say(name, read)
            why = "accounts are checked and not stored yet" if read.ok else "the file has errors"
            self._print(f"Nothing was stored: {why}.")
            return read
        person = _person(by) if by else None
        if read.shape == PACK:
            held = self._return_of_pack(wanted, read, name, person)
        else:
            held = open_return_for(partnership, wanted, read.rows)
            read = read_return(name, data, _strict(held, loose))
        self._say(name, read)
        self._store(held, read, name, person)
        return read

    def _store(self, held: AgencyReturn, read: ReadResult, name: str, person: Person | None) -> None:
        if not read.ok:
            self._print("Nothing was stored: the file has errors.")
            return
        if why_locked := held.why_locked_on(timezone.localdate()):
            if not _is_held(held, read):
                raise NotAllowedError(f"the return “{held}” is locked. {why_locked}")
            self._print(f"“{held}” of {held.agency} holds these figures already. Nothing has changed.")
            return
        loaded = take_figures(
            agency_return=held,
            rows=read.rows,
            findings=read.findings,
            source=FigureSource.COMMAND,
            by=person,
            now=timezone.now(),
            file_name=name,
        )
        faults = sum(fault.needs_answer for fault in held.faults.all())
        self._print(f"Stored in “{held}” of {held.agency}: {loaded}.")
        if held.partnership.published_only and held.source and held.state == ReturnState.OPEN:
            hand_in_published(agency_return=held, by=None, now=timezone.now())
            self._print("It is shown as printed: nobody of that authority submits or approves it.")
        elif faults:
            self._print(f"The return has {_counted(faults, 'fault')} that must be answered before approval.")

    def _return_of_pack(self, wanted: Wanted, read: ReadResult, name: str, person: Person | None) -> AgencyReturn:
        """The pack's return; opened if nobody has opened it yet."""
        partnership = partnership_of(wanted.area)
        agency, period = agency_of(partnership, wanted), period_of(wanted, read.rows)
        title = wanted.title or PACK_TITLE
        same = AgencyReturn.objects.filter(partnership=partnership, agency=agency, title=title)
        held = same.filter(period_start=period.start, period_end=period.end).first()
        if held is not None:
            return held
        today = timezone.localdate()
        self._print(f"Opened a return: {title}, {period.label}, of {agency}.")
        return open_return(
            partnership=partnership,
            agency=agency,
            title=title,
            period=period,
            indicators=sorted({row.indicator for row in read.rows}),
            opens_on=today,
            due_on=today,
            source=f"The file {name}"[:300],
            by=person,
            now=timezone.now(),
        )

    def _print(self, text: str) -> None:
        """A line to whoever reads. A reader that has read enough, such as `head`, does not stop the work."""
        try:
            self.stdout.write(text)
            self.stdout.flush()
        except BrokenPipeError:
            # What is still to be said goes nowhere, and Python finds no broken pipe when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

    def _say(self, name: str, read: ReadResult) -> None:
        for finding in read.findings:
            self._say_finding(finding)
        layout = {"": "a layout that is not known", "finance": "partnership accounts", "template": "the template"}
        what = layout.get(read.shape, "a performance pack")
        counts = ", ".join(_counted(len(read.of(severity)), severity.value) for severity in Severity)
        amount = _counted(len(read.money), "sum") if read.money else _counted(len(read.rows), "figure")
        self._print(f"{name} ({what}): {amount} read; {counts}.")

    def _say_finding(self, finding: Finding) -> None:
        where = f"{finding.severity.value.upper()} {finding.place}"
        about = " ".join(part for part in (finding.indicator, finding.breakdown) if part)
        self._print(f"{where}{f' ({about})' if about else ''}: {finding.message}")
        self._print(f"  found: {finding.found or 'a blank cell'}; expected: {finding.expected or 'see above'}")


def _is_held(held: AgencyReturn, read: ReadResult) -> bool:
    """Whether the return says already what the file says."""
    keys = {row.key for row in read.rows}
    return fingerprint(row for row in held_rows(held) if row.key in keys) == fingerprint(read.rows)


def _wanted(options: dict[str, Any]) -> Wanted:
    period = parse_period(options["period"]) if options["period"] else None
    return Wanted(options["area"], options["agency"], options["title"], period)


def _strict(held: AgencyReturn, loose: Context) -> Context:
    """What the return that was found asks for."""
    return Context(
        definitions=loose.definitions,
        area=loose.area,
        agency=held.agency.name,
        period=held.period,
        asked=frozenset(held.indicators) or None,
        other_areas=loose.other_areas,
    )


def _person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if person is None:
        raise CannotTellError(f"there is no open account under {email}")
    return person


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun if number == 1 else noun + 's'}"
