"""A small web on this machine, for the tests of links: it is asked by any name, and answers by path."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from trefoil.publishing.trying import WayOut

HERE = "127.0.0.1"
STATUS = {"/there": 200, "/gone": 410, "/refuses": 403, "/on": 302, "/round": 301, "/inside": 307}
LEADS = {"/on": "/there", "/round": "/round", "/inside": "http://intranet.example.org/there"}


class _Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.send_response(STATUS.get(path, 404))
        if path in LEADS:
            self.send_header("Location", LEADS[path])
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_args: object) -> None:
        """Nothing is printed."""


@contextmanager
def a_web() -> Iterator[tuple[str, WayOut]]:
    """Where it begins, and a way to it on which every name leads there but those of `intranet`."""
    server = ThreadingHTTPServer((HERE, 0), _Answers)
    port = server.server_address[1]

    def look_up(host: str, _port: int) -> tuple[str, ...]:
        return ("10.0.0.1",) if host.startswith("intranet") else (HERE,)

    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://www.example.org:{port}", WayOut(look_up, lambda one: one == HERE, frozenset({port, 80}))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
