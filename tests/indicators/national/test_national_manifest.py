"""The manifest tells the truth about the files that ship."""

import csv
import hashlib
import io
import lzma
from pathlib import Path
from typing import Any

import pytest

from trefoil.indicators.national.reader import pack_file, read_manifest

FILES: dict[str, dict[str, Any]] = read_manifest()["files"]


def test_manifest_lists_every_file_that_ships() -> None:
    folder = Path(str(pack_file("")))
    assert {path.name for path in folder.iterdir()} == {*FILES, "MANIFEST.toml"}


@pytest.mark.parametrize("name", FILES)
def test_manifest_hashes_and_rows_are_those_of_the_file(name: str) -> None:
    shipped = pack_file(name).read_bytes()
    content = lzma.decompress(shipped) if name.endswith(".xz") else shipped
    lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline="")))
    about = FILES[name]
    assert hashlib.sha256(shipped).hexdigest() == about["sha256"]
    assert hashlib.sha256(content).hexdigest() == about["content_sha256"]
    assert (len(lines) - 1, {len(line) for line in lines}) == (about["rows"], {about["columns"]})


@pytest.mark.parametrize("name", FILES)
def test_manifest_names_source_licence_and_dates(name: str) -> None:
    about = FILES[name]
    assert about["licence"] == "Open Government Licence v3.0"
    assert about["publisher"] in {"Department for Education", "Office for National Statistics"}
    assert about["title"]
    assert about["covers"]
    assert len(read_manifest()["source_sha256"][about["source_file"]]) == 64


def test_manifest_carries_the_wording_of_the_licence() -> None:
    wording = "Contains public sector information licensed under the Open Government Licence v3.0."
    assert read_manifest()["attribution"] == wording


def test_pack_is_small() -> None:
    assert sum(len(pack_file(name).read_bytes()) for name in FILES) < 2_500_000
