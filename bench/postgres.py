"""A PostgreSQL of one's own for the length of a measurement, where Debian's packages of it are installed."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .serving import free_port

PROGRAMS = Path("/usr/lib/postgresql")


def programs() -> Path | None:
    """The folder of the newest server's programs, or None."""
    found = sorted(PROGRAMS.glob("*/bin/initdb"), key=lambda path: int(re.sub(r"\D", "", path.parts[-3]) or 0))
    return found[-1].parent if found else None


@contextmanager
def cluster() -> Iterator[str | None]:
    """The address of an empty database with the server's usual settings; None where there is no server."""
    folder = programs()
    if folder is None:
        yield None
        return
    place = Path(tempfile.mkdtemp(prefix="trefoil-bench-postgres-"))
    place.chmod(0o755)
    data, port = place / "data", free_port()
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres")
    try:
        _run(folder / "initdb", "-D", data, "-U", "trefoil", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={data}"
        _run(folder / "pg_ctl", "start", "-D", data, "-s", "-w", "-l", data / "log", "-o", options)
        try:
            yield f"postgresql://trefoil@127.0.0.1:{port}/postgres"
        finally:
            _run(folder / "pg_ctl", "stop", "-D", data, "-m", "immediate", "-s")
    finally:
        shutil.rmtree(place)


def _run(*words: object) -> None:
    """PostgreSQL refuses to run as root."""
    as_server = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    command = [*as_server, *map(str, words)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/")  # noqa: S603


def version() -> str:
    """Such as `15.18`, or an empty text."""
    folder = programs()
    if folder is None:
        return ""
    said = subprocess.run([folder / "postgres", "--version"], check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
    found: list[str] = re.findall(r"\d+(?:\.\d+)*", said)
    return found[0]
