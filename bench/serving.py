"""The server of `make demo` on a free port, and readers who walk its pages over real connections."""

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

from .child import ROOT

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
PICTURE = re.compile(r'src="(/[^"]+/figures/indicator/[^"]+\.svg)"')
DURATION = re.compile(r"app;dur=([0-9.]+)")
PATIENCE = 60


@dataclass(frozen=True)
class Visit:
    """One answer: milliseconds that the server says it worked, and that the reader waited."""

    kind: str
    address: str
    status: int
    server_ms: float
    waited_ms: float


@dataclass
class Reader:
    """Somebody signed in, with the pages they may open."""

    port: int
    person: int
    pages: list[tuple[str, str]]
    cookies: dict[str, str] = field(default_factory=dict)

    def sign_in(self) -> None:
        """Press the button of the demo's sign-in page, with its token, as a browser does."""
        found = TOKEN.search(self._ask("GET", "/account/login/")[1])
        if found is None:
            raise RuntimeError("the sign-in page has no form")
        form = urlencode({"csrfmiddlewaretoken": found[1], "person": self.person})
        answer, _ = self._ask("POST", "/account/demo/sign-in/", form)
        if answer.status != 302 or "session" not in self.cookies:
            raise RuntimeError(f"sign-in answered {answer.status}")

    def walk(self, pages: list[tuple[str, str]], pause: tuple[float, float] = (0, 0), seed: int = 0) -> list[Visit]:
        """Open each page and the pictures in it; wait a time between `pause` (seconds) before each page."""
        chance = random.Random(seed)  # noqa: S311  an order of pages, no secret
        visits = []
        for kind, address in pages:
            time.sleep(chance.uniform(*pause))
            visit, text = self.visit(kind, address)
            visits.append(visit)
            visits += [self.visit("Picture", picture)[0] for picture in PICTURE.findall(text)]
        return visits

    def visit(self, kind: str, address: str) -> tuple[Visit, str]:
        """Ask for one address over a new connection."""
        started = time.perf_counter()
        answer, text = self._ask("GET", address)
        waited = (time.perf_counter() - started) * 1000
        said = DURATION.search(answer.headers.get("Server-Timing", ""))
        return Visit(kind, address, answer.status, float(said[1]) if said else 0.0, waited), text

    def _ask(self, method: str, address: str, body: str = "") -> tuple[HTTPResponse, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, address, body or None, headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer, text


def together(readers: list[Reader], walks: list[list[tuple[str, str]]], pause: tuple[float, float]) -> list[Visit]:
    """All readers at once, each on its own walk, each in its own thread."""
    with ThreadPoolExecutor(len(readers)) as pool:
        going = [
            pool.submit(reader.walk, walk, pause, number)
            for number, (reader, walk) in enumerate(zip(readers, walks, strict=True))
        ]
        return [visit for one in going for visit in one.result()]


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_served(port: int, address: str = "/health/") -> None:
    """Until the address is answered 200. Raises TimeoutError after a minute."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", address)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError(f"port {port} did not answer")


def serve_words() -> list[str]:
    """The server's words in scripts/demo.sh, after the port, so that what is measured is what is served."""
    line = next(one for one in (ROOT / "scripts/demo.sh").read_text().splitlines() if "gunicorn" in one)
    return re.sub(r'^.*--bind "[^"]+"', "", line).split()


@contextmanager
def server(variables: dict[str, str]) -> Iterator[tuple[int, int]]:
    """A running server: its port and its process."""
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "trefoil.config.wsgi", "--bind", f"127.0.0.1:{port}", *serve_words()]
    process = subprocess.Popen(command, cwd=ROOT, env=variables, start_new_session=True)  # noqa: S603
    try:
        wait_until_served(port)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(PATIENCE)


def peak_memory_of_children(pid: int) -> list[float]:
    """The most memory each child of a process has held, in MB (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [_peak(int(child)) for child in children]


def _peak(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def processor_seconds_of_children(pid: int) -> float:
    """How long the processor has worked for the children of a process so far (Linux)."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return sum(_worked(int(child)) for child in children)


def _worked(pid: int) -> float:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(after_name[11]) + int(after_name[12])) / os.sysconf("SC_CLK_TCK")
