"""How the repository tests read the repository: its committed files, its Python, its floors. Judges nothing."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trefoil"


@cache
def committed_files() -> tuple[Path, ...]:
    """Every file that git would take along: known to it, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],  # noqa: S607  git is on the path
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = [ROOT / name for name in listed.split("\0") if name]
    return tuple(path for path in paths if path.is_file())


def committed_text() -> Iterator[tuple[str, str]]:
    """(name, text) of every committed file that is text."""
    for path in committed_files():
        data = path.read_bytes()
        if b"\0" not in data[:8000]:
            yield str(path.relative_to(ROOT)), data.decode("utf-8", errors="replace")


def python_files(folder: Path = PACKAGE) -> list[Path]:
    """Python files below `folder`, without migrations, which Django writes."""
    return [
        path
        for path in committed_files()
        if path.suffix == ".py" and path.is_relative_to(folder) and "migrations" not in path.parts
    ]


@dataclass(frozen=True)
class Source:
    """One Python file: its dotted name and its syntax tree."""

    name: str
    tree: ast.Module

    @classmethod
    def of_text(cls, text: str, name: str = "trefoil.planted.operations") -> "Source":
        """For planted faults."""
        return cls(name, ast.parse(text))

    @classmethod
    def of_file(cls, path: Path) -> "Source":
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        return cls(name, ast.parse(path.read_text()))

    @property
    def parts(self) -> list[str]:
        return self.name.split(".")

    def functions(self) -> dict[str, ast.FunctionDef]:
        """The functions at the top of the file."""
        return {node.name: node for node in self.tree.body if isinstance(node, ast.FunctionDef)}

    def imported(self) -> dict[str, str]:
        """The names that `from x import y` brings, each with the dotted name of where it comes from."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom):
                above = self.parts[: -node.level] if node.level else []
                module = ".".join([*above, *([node.module] if node.module else [])])
                found |= {alias.asname or alias.name: f"{module}.{alias.name}" for alias in node.names}
        return found


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the package, parsed once."""
    return tuple(Source.of_file(path) for path in python_files())


def dotted(node: ast.AST) -> str:
    """`a.b.c` for an attribute or a name; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        left = dotted(node.value)
        return f"{left}.{node.attr}" if left else ""
    return ""


@cache
def project() -> dict[str, object]:
    """pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text())


def contracts() -> list[dict[str, object]]:
    """The import contracts."""
    return project()["tool"]["importlinter"]["contracts"]


def floors() -> list[set[str]]:
    """The folders of `trefoil/` by floor, lowest first, as the import contract has them."""
    (layers,) = [contract["layers"] for contract in contracts() if contract["type"] == "layers"]
    return [{name.strip() for name in row.replace(":", "|").split("|")} for row in reversed(layers)]


def floor_of(folder: str, rows: list[set[str]]) -> int:
    """The number of the floor that a folder is on. Raises LookupError for an unknown one."""
    for number, row in enumerate(rows):
        if folder in row:
            return number
    raise LookupError(f"{folder} is on no floor")
