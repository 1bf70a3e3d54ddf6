"""A mail server for tests: a real conversation over a real socket, on this machine, that keeps what it was given."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default


@dataclass
class Post:
    """What came in, and how the server should answer."""

    port: int = 0
    letters: list[Message] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    answer_to_data: str = "250 kept"


class _Conversation(socketserver.StreamRequestHandler):
    """SMTP as RFC 5321 has it, as far as a sender without TLS goes."""

    server: "_Server"

    def handle(self) -> None:
        self._say("220 post.example ready")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words.upper()
            if verb.startswith(("EHLO", "HELO")):
                self._say("250 post.example")
            elif verb.startswith("RCPT TO:"):
                address = words[8:].strip().strip("<>")
                self._say("550 nobody of this name" if address in self.server.post.refused else "250 known")
            elif verb == "DATA":
                self._say("354 go on")
                self._take()
            elif verb == "QUIT":
                self._say("221 until next time")
                return
            else:
                self._say("250 yes")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        post = self.server.post
        if post.answer_to_data.startswith("2"):
            post.letters.append(message_from_bytes(b"".join(lines), policy=default))
        self._say(post.answer_to_data)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, post: Post) -> None:
        self.post = post
        super().__init__(("127.0.0.1", 0), _Conversation)
        post.port = self.server_address[1]


@contextmanager
def mail_server() -> Iterator[Post]:
    """A server on a free port, until the end of the block."""
    server = _Server(Post())
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.post
    finally:
        server.shutdown()
        server.server_close()
        thread.join(10)
