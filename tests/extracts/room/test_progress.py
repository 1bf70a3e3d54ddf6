"""How far a check is: by bytes of files, or by tables where all is in one file; and what the page says of it."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.test import Client

from tests.extracts.room.loaded import received, tables
from tests.world import World
from trefoil.extracts import job, loading
from trefoil.extracts.enums import ExtractState
from trefoil.extracts.progress import COUNTING, READING, STORING, CheckProgress, sizes_of, teller
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]


def told_of(progress: CheckProgress, *parts: tuple[str, int]) -> None:
    for file, rows in parts:
        progress(file, rows)


def test_progress_follows_the_bytes_of_several_files() -> None:
    said: list[tuple[int, str]] = []
    progress = CheckProgress(lambda share, words: said.append((share, words)), {"a": 800, "b": 100, "c": 100}, 40)
    told_of(progress, ("a", 1000), ("b", 20), ("c", 30))
    assert said == [
        (41, f"{READING}, 1,000 rows so far"),
        (45, f"{READING}, 1,020 rows so far"),
        (50, f"{READING}, 1,050 rows so far"),
    ]


def test_progress_of_one_file_follows_its_tables_and_never_passes_the_stage() -> None:
    said: list[int] = []
    progress = CheckProgress(lambda share, _words: said.append(share), {"book.xlsx": 9000}, 3)
    told_of(progress, *[("book.xlsx", 10)] * 5)
    assert said == [19, 34, 50]


def test_sizes_are_those_of_a_folder_a_zip_or_a_file(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / "inner" / "a.csv").write_text("12345")
    assert sizes_of(folder) == {"a.csv": 5}
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        packed.writestr("inner/b.csv", "123")
    assert sizes_of(tmp_path / "all.zip") == {"b.csv": 3}
    assert sizes_of(folder / "inner" / "a.csv") == {"a.csv": 5}


def test_check_tells_of_every_stage_in_order(
    world: World, now: datetime, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[tuple[int, str]] = []
    monkeypatch.setattr(loading, "teller", lambda _extract: lambda share, words: said.append((share, words)))
    monkeypatch.setattr(loading, "count_and_keep", lambda _folder: None)
    extract = received(world, tables(4), tmp_path / "sent", now=now)
    assert job.run(extract.pk, now=now) == ExtractState.STORED
    shares = [share for share, _ in said]
    assert shares == sorted(shares)
    assert len(said) > 5
    assert [words.partition(", ")[0] for _, words in (said[0], said[-2], said[-1])] == [READING, STORING, COUNTING]


def test_page_shows_percent_rows_and_stages_without_a_script(
    world: World, now: datetime, tmp_path: Path, client_for: ClientFor
) -> None:
    extract = received(world, tables(2), tmp_path / "sent", now=now)
    client, address = client_for(world.analyst), f"/fairmead/extracts/{extract.pk}/"
    assert "Waiting for its turn" in client.get(address).content.decode()
    job.begin_check(extract=extract, by=world.analyst, now=now)
    teller(extract)(27, f"{READING}, 1,200 rows so far")
    page = client.get(address).content.decode()
    for words in ('value="27"', "27%", "1,200 rows so far", "Look again how far it is", 'role="status"'):
        assert words in page
    assert page.count('aria-current="step"') == 1
    teller(extract)(60, COUNTING)
    page = client.get(address).content.decode()
    assert [page.count(f": {where}</span>") for where in ("over", "under way", "to come")] == [2, 1, 0]
    assert client.get(f"{address}progress/").json()["stage"] == COUNTING
