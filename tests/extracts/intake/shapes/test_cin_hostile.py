"""Census files that attack, or are broken: each is refused with one plain sentence, and nothing is read from it."""

from pathlib import Path

import pytest

from trefoil.extracts.intake.findings import RefusedError
from trefoil.extracts.intake.shapes import cin_xml
from trefoil.extracts.intake.shapes.cin_xml import read_census

from .test_cin import CHILD, census, written


def refused(path: Path) -> tuple[str, str]:
    with pytest.raises(RefusedError) as wrong:
        read_census(path)
    (finding,) = wrong.value.findings
    return finding.rule, str(finding)


BOMB = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 10))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (
            f'<!DOCTYPE Message [<!ENTITY l0 "lol">{BOMB}]>\n' + census(CHILD, start="").replace("C1", "&l9;"),
            "file-unsafe",
        ),
        ('<!DOCTYPE Message [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n' + census(CHILD, start=""), "file-unsafe"),
        ('<!DOCTYPE Message SYSTEM "http://example.org/a.dtd">\n' + census(CHILD, start=""), "file-unsafe"),
        (
            '<!DOCTYPE Message [<!ENTITY % p SYSTEM "http://example.org/p">%p;]>\n' + census(CHILD, start=""),
            "file-unsafe",
        ),
        (census(CHILD).replace("C1", "&other;"), "file-damaged"),
        (census("<a>" * 40 + "</a>" * 40), "file-unsafe"),
        (census(CHILD).replace("C1", "C" * 20_000), "file-unsafe"),
        (census(CHILD)[:700], "file-damaged"),
        (census(CHILD).replace("</Sex>", "</Ses>"), "file-damaged"),
        (census(CHILD).replace("UTF-8", "x-no-such"), "file-damaged"),
        (census(CHILD).replace("UTF-8", "EBCDIC-CP-GB"), "file-damaged"),
        (census(CHILD.replace("<CINdetails>", "<Child><CINdetails>")), "file-damaged"),
        (census("<Section47><S47ActualStartDate>2025-01-01</S47ActualStartDate></Section47>"), "file-damaged"),
        ("<html><body>Message</body></html>", "shape-unknown"),
        (census(), "shape-unknown"),
        ("", "file-damaged"),
    ],
)
def test_read_refuses_hostile_and_broken_files(tmp_path: Path, text: str, rule: str) -> None:
    found, told = refused(written(tmp_path, text))

    assert found == rule
    assert len(told) < 400


def test_read_refuses_a_tag_without_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cin_xml, "MAX_TAG", 2 * 1024 * 1024)
    text = census(CHILD).replace("<Sex>", f'<Sex a="{"x" * 5 * 1024 * 1024}">')

    assert refused(written(tmp_path, text))[0] == "file-unsafe"


def test_read_refuses_a_file_of_endless_strange_names(tmp_path: Path) -> None:
    strange = [f"<n{at}>x</n{at}>" for at in range(cin_xml.MAX_STRANGE + 1)]

    assert read_census(written(tmp_path, census(CHILD, *strange[1:]))).tables["children"].num_rows == 1
    assert refused(written(tmp_path, census(CHILD, *strange)))[0] == "file-unsafe"


@pytest.mark.parametrize(("count", "words"), [(1, "once"), (3, "3 times")])
def test_read_says_how_often_a_strange_name_stands(tmp_path: Path, count: int, words: str) -> None:
    read = read_census(written(tmp_path, census(CHILD, "<Odd>1</Odd>" * count)))

    (finding,) = read.findings
    assert str(finding).endswith(f"it was not read. Check its name against the census of the year. It stands {words}.")


def test_read_takes_windows_1252_when_it_says_so(tmp_path: Path) -> None:
    text = census(CHILD.replace("C1", "Cé"), start='<?xml version="1.0" encoding="windows-1252"?>\n')

    read = read_census(written(tmp_path, text.encode("cp1252")))

    assert read.tables["children"].column("LAchildID").to_pylist() == ["Cé"]
