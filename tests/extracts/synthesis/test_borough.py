"""The same seed gives the same bytes; other seeds, years and days give others."""

import hashlib
from datetime import date
from pathlib import Path

import pyarrow.parquet
import pytest

from trefoil.extracts.synthesis import UnknownAreaError, all_profiles, profile_for, synthesise
from trefoil.extracts.synthesis.borough import window
from trefoil.extracts.synthesis.folder import write_folder

from .boroughs import AS_AT, borough


def written(folder: Path, *, seed: int, how: str = "csv") -> dict[str, str]:
    tables = synthesise(profile_for("Rutland"), years=1, seed=seed, as_at=AS_AT, faults="refused")
    return {
        place.name: hashlib.sha256(place.read_bytes()).hexdigest() for place in write_folder(tables, folder, how=how)
    }


@pytest.mark.parametrize("how", ["csv", "parquet"])
def test_synthesise_with_the_same_seed_gives_the_same_bytes(tmp_path: Path, how: str) -> None:
    first = written(tmp_path / "a", seed=7, how=how)
    assert written(tmp_path / "b", seed=7, how=how) == first
    other = written(tmp_path / "c", seed=8, how=how)
    assert other["ssd_contacts." + how] != first["ssd_contacts." + how]


def test_write_folder_gives_the_same_values_in_both_formats(tmp_path: Path) -> None:
    tables = borough("Rutland", years=1)
    csv, parquet = write_folder(tables, tmp_path, how="csv"), write_folder(tables, tmp_path, how="parquet")
    assert [place.stem for place in csv] == [place.stem for place in parquet] == list(tables)
    assert pyarrow.parquet.read_table(tmp_path / "ssd_contacts.parquet").equals(tables["ssd_contacts"])
    lines = (tmp_path / "ssd_contacts.csv").read_text().splitlines()
    assert len(lines) == tables["ssd_contacts"].num_rows + 1
    assert lines[0].split(",")[0] == '"cont_contact_id"'
    assert (tmp_path / "localities.csv").exists()


def test_write_folder_refuses_an_unknown_format(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="xlsx"):
        write_folder({}, tmp_path, how="xlsx")


def test_window_ends_on_the_day_and_is_of_whole_years() -> None:
    assert window(date(2026, 10, 31), 3) == (date(2023, 11, 1), date(2026, 10, 31))
    assert window(date(2024, 2, 28), 1) == (date(2023, 2, 28), date(2024, 2, 28))


@pytest.mark.parametrize(("years", "faults"), [(0, "none"), (11, "none"), (1, "many")])
def test_synthesise_refuses_what_it_cannot_do(years: int, faults: str) -> None:
    with pytest.raises(ValueError, match="one"):
        synthesise(profile_for("Rutland"), years=years, seed=1, as_at=AS_AT, faults=faults)


def test_profile_for_takes_the_areas_own_figure_else_its_regions() -> None:
    barnet, rutland = profile_for("barnet"), profile_for("E06000017")
    assert barnet.levels["referrals"] == 2751
    assert set(barnet.taken_from.values()) == {"E09000003"}
    assert rutland.taken_from["adopted_pct"] != rutland.code
    assert barnet.levels["contacts_per_referral"] == 4.77
    assert rutland.levels["contacts_per_referral"] == 4.0


def test_profile_for_fairmead_is_stated_and_otherwise_englands() -> None:
    fairmead = profile_for("Fairmead")
    assert fairmead.code == "X99000001"
    assert fairmead.levels["care_open"] == 412
    assert fairmead.taken_from["care_open"] == "stated"
    assert fairmead.taken_from["fostered_pct"] == "E92000001"
    assert fairmead.localities == ("Harbour", "Millbank", "Orchard Hill", "Station Quarter", "Westfold")


@pytest.mark.parametrize("name", ["England", "London", "Atlantis", "Northamptonshire"])
def test_profile_for_refuses_what_is_no_standing_authority(name: str) -> None:
    with pytest.raises(UnknownAreaError):
        profile_for(name)


def test_all_profiles_are_every_authority_and_about_two_and_a_half_million_contacts() -> None:
    profiles = list(all_profiles())
    contacts = sum(each.levels["contacts_per_referral"] * each.levels["referrals"] for each in profiles)
    assert len(profiles) == 153
    assert 2_400_000 < contacts < 2_600_000
