"""The connection in which identifiable data is checked."""

from pathlib import Path

import duckdb
import pytest

from tests.extracts.folders import contact, context, person, said, write_csv
from trefoil.extracts.intake import read_extract
from trefoil.extracts.intake.connection import connect


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM read_csv('/etc/hostname')",
        "COPY (SELECT 1) TO '/tmp/trefoil-out.csv'",
        "ATTACH '/tmp/trefoil-out.db'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET temp_directory = '/tmp'",
        "SET memory_limit = '100GB'",
    ],
)
def test_connect_gives_a_connection_without_files_extensions_or_settings(query: str) -> None:
    connection = connect()

    with pytest.raises(duckdb.Error):
        connection.execute(query)

    assert not list(Path("/tmp").glob("trefoil-out.*"))


def test_read_extract_that_does_not_fit_into_memory_is_refused_and_spills_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trefoil.extracts.intake.connection.MEMORY", "2MB")
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "extract"
    folder.mkdir()
    write_csv(folder, "ssd_person", [person()])
    write_csv(folder, "ssd_contacts", [contact(f"C{at:060d}") for at in range(20_000)])
    with read_extract(folder, context=context()) as intake:
        assert said(intake.report) == {("file-too-big", "extract", 0, "")}

    assert [path.name for path in tmp_path.iterdir()] == ["extract"]
