"""What may be committed: sizes, names, no machine's or registry's address, hashed requirements, honest contracts."""

import ast
import re
import tomllib
from pathlib import Path

import pytest

from .reading import PACKAGE, ROOT, Source, committed_files, committed_text, contracts, floors, python_files, sources

LONG = 300
FORBIDDEN_LENGTH = 500

# Python files over 300 lines, each with why it is not two files.
LONG_FILES: dict[str, str] = {
    "trefoil/audit/enums.py": "one closed list: a line for every kind of event on the trail",
    "tests/repository/url_samples.py": "one table: a sample for every part of every URL of the project",
}

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "manager", "handler", "managers", "handlers", "util", "helper"}

# Hosts of package registries, written so that this file does not match itself.
HOSTS = [
    "py" + "pi.org",
    "python" + "hosted.org",
    "registry.npm" + "js.org",
    "deb.deb" + "ian.org",
    "snapshot.deb" + "ian.org",
    "registry.yarn" + "pkg.com",
    "proxy.go" + "lang.org",
]
FOREIGN = {
    "names a package registry": re.compile("|".join(map(re.escape, HOSTS))),
    "holds a machine's path": re.compile(r"(?<![\w.}>*-])/(?:work|root|opt|home|Users)/[\w.]"),
}

# Where signals may be listened to, each with why. Everywhere else a call is a call.
SIGNALS_ALLOWED = {
    "trefoil.access.sign_in_signals": "the sign-in library tells of sign-ins by signal alone",
}
SIGNAL_MODULES = ("django.db.models.signals", "django.dispatch", "django.contrib.auth.signals", "allauth")


def length_faults(lengths: dict[str, int], listed: dict[str, str]) -> list[str]:
    """Files over the limits, and lines of the list that are out of date."""
    faults = [f"{name} has {lines} lines" for name, lines in lengths.items() if lines > FORBIDDEN_LENGTH]
    faults += [
        f"{name} has {lines} lines and is not listed"
        for name, lines in lengths.items()
        if LONG < lines <= FORBIDDEN_LENGTH and name not in listed
    ]
    return faults + [f"{name} is listed as long and is not" for name in listed if lengths.get(name, 0) <= LONG]


def foreign_faults(name: str, text: str) -> list[str]:
    """Names of registries and of places on one machine."""
    return [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1} {fault}: {match.group()}"
        for fault, pattern in FOREIGN.items()
        for match in pattern.finditer(text)
    ]


def requirement_faults(name: str, text: str) -> list[str]:
    """Requirements that are not pinned by version and hash, or that say where to fetch them."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("--hash=")]
    faults = [f"{name} says where to fetch: {line}" for line in lines if re.search(r"://|^\s*-|\s@\s", line)]
    for entry in re.split(r"\n(?=\S)", re.sub(r"\\\n", " ", text).strip()):
        if not re.match(r"^[\w.-]+==[\w.!+]+", entry):
            faults.append(f"{name}: {entry[:40]} is not pinned")
        elif "--hash=sha256:" not in entry:
            faults.append(f"{name}: {entry[:40]} has no hash")
    return faults


def pins(text: str) -> dict[str, str]:
    """Package to version."""
    return dict(re.findall(r"^([\w.-]+)==([\w.!+]+)", text, re.MULTILINE))


def signal_faults(source: Source) -> list[str]:
    """Listening to signals, and links to any table at all, outside the allowed files."""
    faults = []
    imported = source.imported()
    if source.name not in SIGNALS_ALLOWED:
        faults += [
            f"{source.name} imports the signal machinery {origin}"
            for origin in imported.values()
            if origin.startswith(SIGNAL_MODULES) and re.search(r"signals?\b|dispatch", origin)
        ]
        if source.parts[-1] == "signals":
            faults.append(f"{source.name} is a file of signals")
    faults += [
        f"{source.name} uses {origin}"
        for origin in imported.values()
        if origin.startswith("django.contrib.contenttypes.fields")
    ]
    return faults


def skip_faults(source: Source) -> list[str]:
    """Tests that are told not to run, or not to matter."""
    words = {"skip", "skipif", "xfail", "importorskip"}
    return [
        f"{source.name}:{node.lineno} uses {node.attr}"
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and node.attr in words
    ]


def contract_faults(found: list[dict[str, object]], folders: set[str], rows: list[set[str]]) -> list[str]:
    """Holes in the import contracts: ignored imports, or a folder on no floor."""
    faults = [f"{one['name']} ignores imports" for one in found if any("ignore" in key for key in one)]
    if not all(one.get("exhaustive") for one in found if one["type"] == "layers"):
        faults.append("the floors are not exhaustive")
    named = set().union(*rows)
    return faults + [f"{name} is on no floor" for name in sorted(folders - named)]


def test_python_files_are_short() -> None:
    paths = [path for folder in ("trefoil", "tests", "scripts", "bench") for path in python_files(ROOT / folder)]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in paths}
    assert length_faults(lengths, LONG_FILES) == []


def test_length_faults_finds_planted_ones() -> None:
    assert length_faults({"a.py": 501, "b.py": 301, "c.py": 300}, {"c.py": "reason"}) == [
        "a.py has 501 lines",
        "b.py has 301 lines and is not listed",
        "c.py is listed as long and is not",
    ]


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in committed_files() if path.suffix == ".py" and path.stem in FORBIDDEN_NAMES] == []


def test_no_committed_file_names_a_registry_or_a_machine() -> None:
    assert [fault for name, text in committed_text() for fault in foreign_faults(name, text)] == []


@pytest.mark.parametrize("planted", [f"see https://{HOSTS[0]}/simple", "open('/wor" + "k/x')", "PATH=/ro" + "ot/bin"])
def test_foreign_faults_finds_a_planted_one(planted: str) -> None:
    assert len(foreign_faults("x", f"line\n{planted}")) == 1
    assert foreign_faults("x", f"line\n{planted}")[0].startswith("x:2 ")


@pytest.mark.parametrize("name", ["base", "dev", "installer"])
def test_requirements_are_pinned_by_hash_and_name_no_host(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert requirement_faults(name, text) == []
    wanted = re.findall(r"^([A-Za-z0-9._-]+)", (ROOT / "requirements" / f"{name}.in").read_text(), re.MULTILINE)
    known = {package.lower().replace("_", "-") for package in pins(text)}
    assert [package for package in wanted if package.lower().replace("_", "-") not in known | {"-r"}] == []


def test_requirements_for_tests_agree_with_those_for_running() -> None:
    base, dev = (pins((ROOT / "requirements" / f"{name}.txt").read_text()) for name in ("base", "dev"))
    assert base.items() <= dev.items()


@pytest.mark.parametrize(
    ("planted", "fault"),
    [
        ("django==5.2", "has no hash"),
        ("django>=5 \\\n    --hash=sha256:00", "is not pinned"),
        ("--index-url x\ndjango==5.2 \\\n    --hash=sha256:00", "says where to fetch"),
        ("django @ https://x/y.whl", "says where to fetch"),
    ],
)
def test_requirement_faults_finds_a_planted_one(planted: str, fault: str) -> None:
    assert any(fault in line for line in requirement_faults("x", planted))


def test_nothing_listens_to_signals_or_links_to_any_table() -> None:
    assert [fault for source in sources() for fault in signal_faults(source)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "from django.db.models.signals import post_save",
        "from django.dispatch import receiver",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
    ],
)
def test_signal_faults_finds_a_planted_one(planted: str) -> None:
    assert len(signal_faults(Source.of_text(planted, "trefoil.x.models"))) == 1


def test_no_test_is_skipped() -> None:
    # A cluster cannot run without Java: those tests alone may be skipped and counted, and `.ci/run` forbids even that.
    may_skip = ROOT / "tests" / "extracts" / "spark_cluster.py"
    assert "TREFOIL_SPARK=required" in (ROOT / ".ci" / "run").read_text()
    tests = [Source.of_file(path) for path in python_files(ROOT / "tests") if path != may_skip]
    assert [fault for source in tests for fault in skip_faults(source)] == []


def test_skip_faults_finds_a_planted_one() -> None:
    assert len(skip_faults(Source.of_text("@pytest.mark.sk" + "ip\ndef test_x(): pass", "tests.x"))) == 1


def test_import_contracts_have_no_holes() -> None:
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert contract_faults(contracts(), folders, floors()) == []


def test_contract_faults_finds_planted_ones() -> None:
    planted = tomllib.loads('name = "Floors"\ntype = "layers"\nignore_imports = ["a -> b"]')
    assert contract_faults([planted], {"loft"}, [{"cellar"}]) == [
        "Floors ignores imports",
        "the floors are not exhaustive",
        "loft is on no floor",
    ]


def test_folders_of_the_package_say_what_they_are() -> None:
    undescribed = [
        folder for folder in sorted(set().union(*floors())) if folder not in (ROOT / "docs" / "building.md").read_text()
    ]
    assert undescribed == []


def test_scripts_for_the_shell_stop_at_the_first_error() -> None:
    shells = [path for path in committed_files() if path.suffix == ".sh" or path == ROOT / ".ci" / "run"]
    lax = [str(path) for path in shells if path.name != "say.sh" and not _is_strict(path)]
    assert len(shells) > 5
    assert lax == []


def _is_strict(path: Path) -> bool:
    return re.search(r"^set -[a-z]*uo pipefail$", path.read_text(), re.MULTILINE) is not None
