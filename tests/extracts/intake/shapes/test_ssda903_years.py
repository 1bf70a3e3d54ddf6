"""Years linked, files known by name or headings, codes of other years."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trefoil.extracts.intake.shapes.ssda903 import SSDA903
from trefoil.extracts.intake.shapes.ssda903_files import (
    codes_of_year,
    layout_by_headings,
    layout_by_name,
    layouts,
    return_year,
)

from .building import report, stored, tallies

TAKEN = date(2020, 3, 31)
EPISODES = "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN"
HEADER = "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB"


def write(folder: Path, **files: list[str]) -> Path:
    """Files by name (two underscores for a dash), each a list of lines."""
    place = folder / "return"
    place.mkdir(exist_ok=True)
    for name, lines in files.items():
        (place / f"{name.replace('__', '-')}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def episode(child: str, start: str, end: str = "", *, kind: str = "S", status: str = "C2", place: str = "U4") -> str:
    return f"{child},{start},{kind},{status},N1,{place},PR1,{end},{'E8' if end else ''},,,,"


def test_store_two_years_closes_the_open_episode(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2018__episodes=[EPISODES, episode("1", "01/05/2017")],
        e2019__episodes=[EPISODES, episode("1", "01/05/2017", "03/02/2019")],
    )

    (row,) = stored(place, TAKEN, tmp_path / "store")["ssd_cla_episodes"]

    assert row["clae_cla_episode_ceased_date"] == date(2019, 2, 3)
    assert row["clae_cla_episode_ceased_reason"] == "E8"


def test_store_two_years_takes_the_last_years_word(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2018__episodes=[EPISODES, episode("1", "01/05/2017", place="U4")],
        e2019__episodes=[EPISODES, episode("1", "01/05/2017", place="K2")],
    )

    (row,) = stored(place, TAKEN, tmp_path / "store")["ssd_cla_placement"]

    assert row["clap_cla_placement_type"] == "K2"


def test_store_change_of_status_alone_goes_on_with_the_placement(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2019__episodes=[
            EPISODES,
            episode("1", "01/05/2018", "01/06/2018", status="V2"),
            episode("1", "01/06/2018", "01/07/2018", kind="L", status="C2"),
            episode("1", "01/07/2018", kind="P", status="C2"),
        ],
    )

    tables = stored(place, TAKEN, tmp_path / "store")

    placements = sorted(
        (row["clap_cla_placement_start_date"], row.get("clap_cla_placement_end_date"))
        for row in tables["ssd_cla_placement"]
    )
    assert placements == [(date(2018, 5, 1), date(2018, 7, 1)), (date(2018, 7, 1), None)]
    statuses = {row["lega_legal_status"]: row.get("lega_legal_status_end_date") for row in tables["ssd_legal_status"]}
    assert statuses == {"V2": date(2018, 6, 1), "C2": None}
    assert len({row["clae_cla_id"] for row in tables["ssd_cla_episodes"]}) == 1


def test_store_gap_begins_a_new_period_of_unknown_entry(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2019__episodes=[
            EPISODES,
            episode("1", "01/05/2018", "01/06/2018"),
            episode("1", "01/09/2018", kind="P"),
        ],
    )

    rows = stored(place, TAKEN, tmp_path / "store")["ssd_cla_episodes"]

    entered = {row["clae_cla_episode_start_date"]: row.get("clae_entered_care_date") for row in rows}
    assert entered == {date(2018, 5, 1): date(2018, 5, 1), date(2018, 9, 1): None}


def test_store_review_belongs_to_the_period_of_its_day(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2019__episodes=[EPISODES, episode("1", "01/05/2018", "01/08/2018"), episode("1", "01/11/2018")],
        e2019__reviews=[
            "CHILD,DOB,REVIEW,REVIEW_CODE",
            "1,01/01/2010,01/06/2018,PN1",
            "1,01/01/2010,01/09/2018,PN1",
            "1,01/01/2010,01/12/2018,PN1",
        ],
    )

    tables = stored(place, TAKEN, tmp_path / "store")

    periods = {row["clae_cla_episode_start_date"]: row["clae_cla_id"] for row in tables["ssd_cla_episodes"]}
    found = {row["clar_cla_review_date"]: row.get("clar_cla_id") for row in tables["ssd_cla_reviews"]}
    assert found == {
        date(2018, 6, 1): periods[date(2018, 5, 1)],
        date(2018, 9, 1): None,
        date(2018, 12, 1): periods[date(2018, 11, 1)],
    }


def test_store_adoption_gathers_decision_match_placement_and_order(tmp_path: Path) -> None:
    place = write(
        tmp_path,
        e2019__episodes=[
            EPISODES,
            episode("1", "01/05/2018", "01/09/2018", status="E1"),
            "1,01/09/2018,P,E1,N1,A6,PR1,01/03/2019,E12,,,,",
        ],
        e2019__ad1=[
            "CHILD,DOB,DATE_INT,DATE_MATCH,FOSTER_CARE,NB_ADOPTR,SEX_ADOPTR,LS_ADOPTR",
            "1,01/01/2017,01/06/2018,01/08/2018,0,2,MF,L2",
        ],
        e2019__placed_adoption=[
            "CHILD,DOB,DATE_PLACED,DATE_PLACED_CEASED,REASON_PLACED_CEASED",
            "1,01/01/2017,01/06/2018,,",
        ],
    )

    (row,) = stored(place, TAKEN, tmp_path / "store")["ssd_permanence"]

    assert row["perm_adm_decision_date"] == date(2018, 6, 1)
    assert row["perm_matched_date"] == date(2018, 8, 1)
    assert row["perm_placed_for_adoption_date"] == date(2018, 9, 1)
    assert row["perm_permanence_order_date"] == date(2019, 3, 1)
    assert (row["perm_number_of_adopters"], row["perm_adopter_sex"], row["perm_adopted_by_carer_flag"]) == (
        2,
        "MF",
        False,
    )


def test_read_refuses_an_episode_twice_in_one_year(tmp_path: Path) -> None:
    place = write(
        tmp_path, e2019__episodes=[EPISODES, episode("1", "01/05/2018"), episode("1", "01/05/2018", place="K2")]
    )

    assert tallies(report(place, TAKEN))[("fault", "duplicate", "e2019-episodes.csv", "DECOM")] == 1


def test_read_tells_of_files_that_are_no_table(tmp_path: Path) -> None:
    place = write(tmp_path, episodes=[EPISODES, episode("1", "01/05/2018")], notes=["a,b", "1,2"])

    told = report(place, TAKEN, shape="ssda903")

    assert [(one.rule, one.file) for one in told.findings] == [("file-unknown", "notes.csv")]


def test_read_tells_of_strange_files_in_the_folder_of_a_year(tmp_path: Path) -> None:
    place = write(tmp_path, episodes=[EPISODES, episode("1", "01/05/2018")])
    (place / "2018").mkdir()
    (place / "2018" / "annex-a.xlsx").write_bytes(b"PK")

    told = report(place, TAKEN, shape="ssda903")

    assert [(one.rule, one.file) for one in told.findings] == [("file-unknown", "2018/annex-a.xlsx")]


@pytest.mark.parametrize("heading", [EPISODES, EPISODES.lower(), EPISODES.title()])
def test_read_knows_headings_in_any_case(tmp_path: Path, heading: str) -> None:
    place = write(tmp_path, whatever=[heading, episode("1", "01/05/2018")])

    assert SSDA903.recognises(place)
    assert len(stored(place, TAKEN, tmp_path / "store")["ssd_cla_episodes"]) == 1


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("2017-episodes.csv", "episodes"),
        ("episodes.csv", "episodes"),
        ("SSDA903_episodes_2019.csv", "episodes"),
        ("2017-previous_permanence.csv", "prev_perm"),
        ("PrevPerm 2019.csv", "prev_perm"),
        ("SWEpisodes.csv", "social_worker"),
        ("OC3_2024.csv", "oc3"),
        ("holiday.csv", None),
    ],
)
def test_layout_by_name_knows_the_ways_files_are_called(name: str, table: str | None) -> None:
    found = layout_by_name(Path(name))

    assert (found.name if found else None) == table


def test_layout_by_headings_tells_uasc_from_header() -> None:
    uasc, header = layout_by_headings(["child", "sex", "dob", "duc"]), layout_by_headings(HEADER.split(","))

    assert [one.name for one in (uasc, header) if one] == ["uasc", "header"]
    assert layout_by_headings(["a", "b"]) is None


@pytest.mark.parametrize(("year", "known"), [(2018, False), (2019, True), (2027, True)])
def test_codes_of_year_know_e45_since_2019(year: int, known: bool) -> None:
    column = next(layout for layout in layouts() if layout.name == "episodes").column("REC")

    codes = codes_of_year(column, year)

    assert ("E45" in (codes or ())) is known


@pytest.mark.parametrize(("day", "year"), [(date(2018, 3, 31), 2018), (date(2018, 4, 1), 2019)])
def test_return_year_turns_with_april(day: date, year: int) -> None:
    assert return_year(day) == year


def test_read_takes_the_year_from_the_episodes_not_the_name(tmp_path: Path) -> None:
    rows = [EPISODES, episode("1", "01/05/2017", "01/06/2017").replace("E8", "E45")]

    told = report(write(tmp_path, e2017__episodes=rows), TAKEN)

    assert [(one.rule, one.value) for one in told.findings] == [("other-year", "E45")]
    assert "March 2018" in told.findings[0].cure


Told = tuple[int, date, date | None, str, str]


@st.composite
def journeys(draw: st.DrawFn) -> list[Told]:
    """Episodes of a few children, without overlaps: child, start, end, why it began, legal status."""
    found: list[Told] = []
    for child in range(draw(st.integers(1, 3))):
        day = date(2017, 4, 1) + timedelta(draw(st.integers(0, 200)))
        count = draw(st.integers(1, 5))
        for at in range(count):
            end = day + timedelta(draw(st.integers(1, 120)))
            is_open = at == count - 1 and draw(st.booleans())
            found.append(
                (
                    child,
                    day,
                    None if is_open else end,
                    draw(st.sampled_from("SLPTB")),
                    draw(st.sampled_from(["C2", "V2"])),
                )
            )
            day = end + timedelta(draw(st.sampled_from([0, 0, 0, 30])))
    return found


@given(journeys())
@settings(max_examples=5, deadline=None)
def test_store_linked_years_equal_the_whole(tmp_path_factory: pytest.TempPathFactory, told: list[Told]) -> None:
    """Cutting a history into returns and linking them again gives what one file of the whole gives."""
    folder = tmp_path_factory.mktemp("linked")
    whole = write(folder, episodes=[EPISODES, *(_line(*one) for one in told)])
    cut_folder = tmp_path_factory.mktemp("cut")
    last = max((end or start) for _, start, end, *_ in told)
    cut = write(
        cut_folder,
        **{
            f"y{year}__episodes": [EPISODES, *(_line(*one) for one in _as_of(told, year))]
            for year in range(2018, return_year(last) + 1)
            if _as_of(told, year)
        },
    )

    one, many = stored(whole, date(2026, 3, 31), folder / "store"), stored(cut, date(2026, 3, 31), cut_folder / "store")

    for table in ("ssd_cla_episodes", "ssd_cla_placement", "ssd_legal_status"):
        assert sorted(map(repr, many[table])) == sorted(map(repr, one[table]))


def _as_of(told: list[Told], year: int) -> list[Told]:
    """What the return of a year holds: every episode open in it, as it stood on 31 March."""
    first, last = date(year - 1, 4, 1), date(year, 3, 31)
    return [
        (child, start, end if end and end <= last else None, kind, status)
        for child, start, end, kind, status in told
        if start <= last and (end is None or end >= first)
    ]


def _line(child: int, start: date, end: date | None, kind: str, status: str) -> str:
    return episode(str(child), f"{start:%d/%m/%Y}", f"{end:%d/%m/%Y}" if end else "", kind=kind, status=status)
