"""The real files: each fault in them is found, named with its place, and nothing else is called one."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.world import World
from trefoil.budget.models import BudgetYear
from trefoil.budget.reading import FinanceFile, read_finance

BARNET = Path(__file__).parents[2] / "trefoil" / "demo" / "finance" / "barnet.csv"
OTHER = Path(__file__).parent / "files" / "barking_and_dagenham_2019-20.csv"


def read(path: Path) -> FinanceFile:
    return read_finance(path.name, path.read_bytes(), is_final=True)


def test_barnet_faults_are_named() -> None:
    faults = [str(one) for one in read(BARNET).faults]
    assert len(faults) == 4
    assert [fault.split(":")[2].strip() for fault in faults[:3]] == [
        f"{name} is down for £12,500. The same source also says £5,000. The note beneath the same table says that "
        "5,000 was paid in 2018/19, after 12,500 in earlier years."
        for name in ("CLCH", "BEHMHT", "Royal Free NHS FT")
    ]
    assert faults[3] == (
        "fault: 2021/22, row 64, the total of budgeted expenditure: The total of budgeted expenditure is given as "
        "£186,532. Its rows add up to £186,492: the total is £40 more."
    )


def test_barnet_notes_say_what_a_reader_should_ask() -> None:
    notes = {(one.year, one.rule): one.message for one in read(BARNET).findings if not one.is_fault}
    assert set(notes) == {
        (2018, "second-figures"),
        (2018, "budget-left"),
        (2019, "no-spending"),
        (2019, "partners-gone"),
        (2021, "no-contributions"),
    }
    assert "£256,100, not £278,600" in notes[2018, "second-figures"]
    assert "not said where £13,600 goes" in notes[2018, "budget-left"]
    assert notes[2021, "no-contributions"].endswith("£166,010 by its rows and £166,050 by its total.")


def test_barking_faults_are_named() -> None:
    found = [(one.rule, one.message) for one in read(OTHER).faults]
    assert [rule for rule, _ in found] == ["stated-total", "stated-total", "outturn-covered"]
    assert "£189,246. Its rows add up to £188,497: the total is £749 more." in found[0][1]
    assert "£189,246. Its rows add up to £189,196: the total is £50 more." in found[1][1]
    assert "£699 comes from nowhere" in found[2][1]


def test_load_finance_dry_run_names_the_faults_and_stores_nothing(db: None) -> None:
    out = StringIO()
    call_command("load_finance", str(BARNET), dry_run=True, stdout=out)
    assert "row 64, the total of budgeted expenditure" in out.getvalue()
    assert "4 years, 4 faults in what they say." in out.getvalue()
    assert not BudgetYear.objects.exists()


def test_load_finance_stores_faults_and_all(world: World) -> None:
    out = StringIO()
    call_command("load_finance", str(OTHER), partnership="fairmead", source="A report", stdout=out)
    year = BudgetYear.objects.get()
    assert (str(year), year.state, year.source) == ("2019/20", "draft", "A report")
    assert year.stated_totals.get(of="contributions").amount == 189_246
    assert "Stored for" in out.getvalue()
    with pytest.raises(CommandError, match="There is a budget of 2019/20 already"):
        call_command("load_finance", str(OTHER), partnership="fairmead", stdout=out)


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n", "year,kind,item,amount_gbp\n2025/26,gift,A,5\n"])
def test_load_finance_of_what_cannot_be_read_ends_with_1(world: World, tmp_path: Path, content: str) -> None:
    path, out = tmp_path / "broken.csv", StringIO()
    path.write_text(content)
    with pytest.raises(SystemExit) as ended:
        call_command("load_finance", str(path), partnership="fairmead", stdout=out)
    assert ended.value.code == 1
    assert "error: " in out.getvalue()
    assert "Nothing was stored." in out.getvalue()
    assert not BudgetYear.objects.exists()


def test_load_finance_without_a_file_or_a_partnership(world: World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("load_finance", str(tmp_path / "none.csv"), partnership="fairmead")
    with pytest.raises(CommandError, match="one of: fairmead, harbury"):
        call_command("load_finance", str(OTHER), partnership="elsewhere")
