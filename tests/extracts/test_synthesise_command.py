"""`trefoil synthesise` writes folders that intake can read."""

from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from trefoil.extracts.intake import Context, read_extract
from trefoil.extracts.management.commands.synthesise import Command
from trefoil.extracts.synthesis import profile_for


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(Command(stdout=out), *arguments)
    return out.getvalue()


def test_synthesise_writes_one_area(tmp_path: Path) -> None:
    said = run(
        "--like", "Rutland", "--years", "1", "--seed", "3", "--out", str(tmp_path / "r"), "--as-at", "2026-10-31"
    )
    names = {place.name for place in (tmp_path / "r").iterdir()}
    assert {"ssd_contacts.csv", "ssd_person.csv", "trefoil_episodes.csv", "localities.csv"} <= names
    assert said.startswith("Rutland: ")
    assert "as at 2026-10-31" in said
    with read_extract(tmp_path / "r", context=Context("E06000017", date(2026, 10, 31), bytes(32))) as intake:
        assert not [one.file for one in intake.report.findings if one.rule == "file-unknown"]


def test_synthesise_clean_leaves_the_faults_out(tmp_path: Path) -> None:
    usual = ("--like", "Rutland", "--years", "1", "--as-at", "2026-10-31", "--format", "parquet")
    run(*usual, "--out", str(tmp_path / "usual"))
    run(*usual, "--clean", "--out", str(tmp_path / "clean"))
    run(*usual, "--faults", "none", "--out", str(tmp_path / "none"))
    held = {name: (tmp_path / name / "ssd_person.parquet").read_bytes() for name in ("usual", "clean", "none")}
    assert held["clean"] == held["none"] != held["usual"]


def test_synthesise_of_all_gives_each_area_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [profile_for("Rutland"), profile_for("City of London")]
    monkeypatch.setattr("trefoil.extracts.management.commands.synthesise.all_profiles", lambda: iter(two))
    run(
        "--like-all",
        "--years",
        "1",
        "--out",
        str(tmp_path),
        "--format",
        "parquet",
        "--as-at",
        date(2026, 3, 31).isoformat(),
    )
    assert {place.name for place in tmp_path.iterdir()} == {"E06000017", "E09000001"}


@pytest.mark.parametrize("wrong", [("--like", "Atlantis"), ("--like", "Rutland", "--years", "0")])
def test_synthesise_says_what_it_cannot_do(tmp_path: Path, wrong: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        run(*wrong, "--out", str(tmp_path))


def test_synthesise_says_where_it_cannot_write(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(CommandError, match="cannot be written"):
        run("--like", "Rutland", "--years", "1", "--out", str(tmp_path / "file"))
