"""`trefoil load_return`: what it prints, what it stores, and how it ends."""

import io
import os
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

import trefoil
from tests.indicators.returns_made import as_file, faulty, line, opened, row
from tests.world import World
from trefoil.indicators.enums import ReturnState
from trefoil.indicators.models import AgencyReturn
from trefoil.indicators.operations.returns import submit_return
from trefoil.people.enums import AgencyKind, AreaKind, Sector
from trefoil.people.models import Area
from trefoil.people.operations import create_agency, create_partnership, join_partnership

ROOT = Path(trefoil.__file__).parent.parent
PACKS = ROOT / "trefoil" / "indicators" / "packs"
PACK = PACKS / "barnet_performance_2019-02.csv"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command looks at the calendar; here it is always 22 November 2026."""
    told = timezone.localdate
    monkeypatch.setattr(timezone, "localdate", lambda value=None: told(value) if value else date(2026, 11, 22))


def run(*arguments: str | Path) -> tuple[int, str]:
    """Exit status and what was printed."""
    out = io.StringIO()
    try:
        call_command("load_return", *map(str, arguments), stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    except CommandError as wrong:
        return wrong.returncode, str(wrong)
    return 0, out.getvalue()


@pytest.mark.parametrize(
    ("name", "faults", "said"),
    [
        (PACK.name, 3, "773 figures read; 0 errors, 3 faults, 10 notes."),
        ("barnet_finance.csv", 1, "61 sums read; 0 errors, 1 fault, 0 notes."),
    ],
)
def test_dry_run_of_the_shipped_packs_needs_no_database(name: str, faults: int, said: str) -> None:
    status, printed = run(PACKS / name, "--area", "Barnet", "--dry-run")
    assert status == 1
    assert said in printed
    assert printed.count("FAULT row ") == faults
    assert "found: " in printed
    assert "Dry run: nothing was stored." in printed


def test_reader_that_has_read_enough_is_no_fault_of_the_file() -> None:
    """The pipe is closed before the first line, as `head` would close it after ten."""
    taken, given = os.pipe()
    os.close(taken)
    command = [sys.executable, ROOT / "manage.py", "load_return", PACK, "--area", "Barnet", "--dry-run"]
    done = subprocess.run(command, stdout=given, stderr=subprocess.PIPE, text=True, check=False)
    os.close(given)
    assert (done.returncode, done.stderr) == (1, "")


def test_dry_run_runs_without_an_installation_and_leaves_no_file(tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line()]))
    here = tmp_path / "elsewhere"
    here.mkdir()
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("TREFOIL", "DJANGO", "COV"))}
    command = [sys.executable, "-m", "trefoil.config.cli", "load_return", file, "--area", "Enfield", "--dry-run"]
    done = subprocess.run(
        command, cwd=here, env=clean | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "october.csv (the template): 1 figure read; 0 errors, 0 faults, 0 notes." in done.stdout
    assert list(here.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((PACK, "--area", "Barnt", "--dry-run"), "no English local authority is called “Barnt”; did you mean Barnet?"),
        (("absent.csv", "--area", "Barnet", "--dry-run"), "No such file or directory: absent.csv"),
        ((PACK, "--area", "Barnet", "--period", "soon", "--dry-run"), "is not a period"),
    ],
)
def test_dry_run_that_cannot_begin_ends_with_two(arguments: tuple[str, ...], said: str) -> None:
    status, printed = run(*arguments)
    assert status == 2
    assert said in printed


def test_dry_run_takes_the_invented_borough_and_knows_its_files(tmp_path: Path) -> None:
    """A return of the demo can be checked where no demo is set up, and is not taken for a real authority's."""
    file = tmp_path / "fairmead-october.csv"
    file.write_bytes(as_file([line(area="Fairmead")]))
    assert run(file, "--area", "fairmead", "--dry-run")[0] == 0
    status, printed = run(file, "--area", "Barnet", "--dry-run")
    assert status == 1
    assert "ERROR row 2, column area: The row is for “Fairmead” but this return belongs to Barnet." in printed
    assert "The file is named after Fairmead but is being sent for Barnet." in printed


def test_dry_run_of_a_period_that_has_not_begun_is_an_error(tmp_path: Path) -> None:
    file = tmp_path / "slip.csv"
    file.write_bytes(as_file([line(period="2062-10")]))
    status, printed = run(file, "--area", "Barnet", "--dry-run")
    assert (status, "The period 2062-10 has not begun" in printed) == (1, True)


def test_dry_run_of_a_file_with_errors_names_them(tmp_path: Path) -> None:
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line(numerator=-4)]))
    status, printed = run(file, "--area", "Barnet", "--dry-run")
    assert status == 1
    assert "ERROR row 2, column numerator (FD01): The numerator is -4; a count cannot be negative." in printed
    assert "found: -4; expected: 0 or more" in printed


@pytest.fixture
def barnet(db: None, now: datetime) -> None:
    """A partnership of Barnet with its council, shown with published figures alone."""
    area = Area.objects.create(code="E09000003", name="Barnet", kind=AreaKind.LOCAL_AUTHORITY)
    made = create_partnership(
        slug="barnet", name="Barnet partnership", short_name="Barnet", area=area, published_only=True, by=None, now=now
    )
    council = create_agency(name="Barnet Council", sector=Sector.CHILDREN_SOCIAL_CARE, by=None, now=now)
    kind = AgencyKind.SAFEGUARDING_PARTNER
    join_partnership(partnership=made, agency=council, kind=kind, starts_on=date(2019, 1, 1), by=None, now=now)


def test_pack_opens_its_return_and_the_second_time_changes_nothing(barnet: None) -> None:
    status, printed = run(PACK, "--area", "barnet")
    held = AgencyReturn.objects.get()
    assert status == 1
    assert "Opened a return: Performance Matters, February 2019, of Barnet Council." in printed
    assert "773 new, 0 restated, 0 unchanged" in printed
    assert (held.state, held.figures.count()) == (ReturnState.PRINTED, 773)
    before = [list(rows.values()) for rows in (held.figures.all(), held.faults.all(), held.moves.all())]
    status, printed = run(PACK, "--area", "Barnet")
    assert status == 1
    assert "holds these figures already. Nothing has changed." in printed
    assert [list(rows.values()) for rows in (held.figures.all(), held.faults.all(), held.moves.all())] == before


def test_accounts_are_checked_and_not_stored(barnet: None) -> None:
    status, printed = run(PACKS / "barnet_finance.csv", "--area", "Barnet")
    assert status == 1
    assert "Nothing was stored: accounts are checked and not stored yet." in printed
    assert not AgencyReturn.objects.exists()


def test_template_is_stored_in_the_return_that_fits(world: World, now: datetime, tmp_path: Path) -> None:
    held = opened(world, now)
    opened(world, now, number=9)
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line(), line("FD12", 30)]))
    status, printed = run(file, "--area", "Fairmead", "--by", "ALICE@example.org")
    assert status == 0
    assert "Stored in “Monthly figures, October 2026” of Fairmead Children's Services: 2 new" in printed
    assert {figure.entered_by for figure in held.figures.all()} == {world.alice}


def test_template_with_faults_is_stored_and_ends_with_one(world: World, now: datetime, tmp_path: Path) -> None:
    held = opened(world, now)
    file = tmp_path / "october.csv"
    cells = [line(one.indicator, one.numerator, breakdown=one.breakdown) for one in faulty()]
    file.write_bytes(as_file(cells))
    status, printed = run(file, "--area", "Fairmead")
    assert status == 1
    assert "The return has 1 fault that must be answered before approval." in printed
    assert held.figures.count() == 8


def test_template_with_errors_stores_nothing(world: World, now: datetime, tmp_path: Path) -> None:
    held = opened(world, now)
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line(), line("CP01")]))
    status, printed = run(file, "--area", "Fairmead", "--period", "2026-10")
    assert status == 2
    assert "no return that fits is open" in printed
    file.write_bytes(as_file([line(), line()]))
    status, printed = run(file, "--area", "Fairmead")
    assert status == 1
    assert "Nothing was stored: the file has errors." in printed
    assert not held.figures.exists()


def test_several_returns_that_fit_are_named(world: World, now: datetime, tmp_path: Path) -> None:
    opened(world, now)
    opened(world, now, title="Second")
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line()]))
    status, printed = run(file, "--area", "Fairmead")
    assert status == 2
    assert "choose with --agency, --period or --title" in printed
    assert run(file, "--area", "Fairmead", "--title", "Second")[0] == 0


def test_locked_return_is_not_loaded(world: World, now: datetime, tmp_path: Path) -> None:
    held = opened(world, now)
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line(), line("FD12", 30)]))
    run(file, "--area", "Fairmead")
    submit_return(agency_return=held, by=world.alice, now=now)
    assert run(file, "--area", "Fairmead")[0] == 0
    file.write_bytes(as_file([line(numerator=7), line("FD12", 30)]))
    status, printed = run(file, "--area", "Fairmead")
    assert status == 2
    assert "is locked. It has been submitted." in printed
    assert held.figures.get(indicator="FD01").numerator == row("FD01", 100).numerator


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--area", "Nowhere"), "no partnership of “Nowhere” is set up here; there are: Fairmead, Harbury"),
        (("--area", "Fairmead", "--by", "who@example.org"), "there is no open account under who@example.org"),
    ],
)
def test_load_that_cannot_begin_says_what_is_there(
    world: World, now: datetime, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    opened(world, now)
    file = tmp_path / "october.csv"
    file.write_bytes(as_file([line()]))
    status, printed = run(file, *arguments)
    assert status == 2
    assert said in printed
