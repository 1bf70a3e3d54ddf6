"""Links tried out: each address opened as a reader would, and nothing of the answer kept but whether it came.

The server asks on behalf of whoever typed the address, so it asks the public web alone: a name is looked up once, every
address that it has must be a public one, and the connection goes to the very address that was looked at (no second
look-up could lead elsewhere). Each redirection is held to the same. No more than the head of an answer is read.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from ipaddress import ip_address, ip_network
from urllib.parse import quote, urljoin, urlsplit

from .enums import LinkFound

SECONDS_EACH = 5.0
SECONDS_IN_ALL = 20.0
AT_ONCE = 12
MOST_STEPS = 5
MOST_LINKS = 150
LONGEST = 2000
TRANSLATED = ip_network("64:ff9b::/96")
"""Addresses of version 4 behind a translator (RFC 6052), private ones too."""
PORTS = {"http": 80, "https": 443}
KEPT = "/%:@!$&'()*+,;=~-._?"
NAME = "Trefoil link check"
GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}
MOVED = {
    HTTPStatus.MOVED_PERMANENTLY,
    HTTPStatus.FOUND,
    HTTPStatus.SEE_OTHER,
    HTTPStatus.TEMPORARY_REDIRECT,
    HTTPStatus.PERMANENT_REDIRECT,
}
NO_TIME = "was not tried: there was no time left. Try again."


@dataclass(frozen=True)
class Trial:
    """What came of one address. `words` go on from it, and are empty when it opens."""

    href: str
    found: LinkFound
    words: str = ""


@dataclass(frozen=True)
class WayOut:
    """How the web is reached. `look_up` gives a name's addresses (raises OSError), `may_ask` whether one is public."""

    look_up: Callable[[str, int], Sequence[str]]
    may_ask: Callable[[str], bool]
    ports: frozenset[int] = frozenset(PORTS.values())


class _NotToBeAskedError(Exception):
    """An address that the public web does not have."""


def on_the_web(href: str) -> bool:
    """Whether an address is one to be opened, and short enough to be kept."""
    return href.lower().startswith(("http://", "https://")) and len(href) <= LONGEST


def looked_up(host: str, port: int) -> tuple[str, ...]:
    """The addresses of a name. Raises OSError."""
    return tuple(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address lies on the public web. One of version 4 inside one of version 6 is taken for itself."""
    one = ip_address(address.partition("%")[0])
    inner = getattr(one, "ipv4_mapped", None) or getattr(one, "sixtofour", None) or one
    translated = inner.version == TRANSLATED.version and inner in TRANSLATED
    return inner.is_global and not (inner.is_multicast or inner.is_reserved or translated)


WEB = WayOut(looked_up, is_public)


def try_links(hrefs: Iterable[str], *, out: WayOut | None = None, seconds: float = SECONDS_IN_ALL) -> tuple[Trial, ...]:
    """Each address once, in its order. What the seconds do not reach is said to be untried; nothing is raised."""
    whole = tuple(dict.fromkeys(hrefs))
    if not whole:
        return ()
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="links")
    asked = {href: pool.submit(tried, href, out=out or WEB) for href in whole}
    wait(asked.values(), timeout=seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    return tuple(
        one.result() if one.done() and not one.cancelled() else Trial(href, LinkFound.UNSURE, NO_TIME)
        for href, one in asked.items()
    )


def tried(href: str, *, out: WayOut) -> Trial:
    """What comes of opening one address."""
    now = href
    try:
        for _ in range(MOST_STEPS):
            status, leads = _asked(now, out)
            if status not in MOVED or not leads:
                return _of_status(href, status)
            now = urljoin(now, leads)
    except _NotToBeAskedError:
        return Trial(href, LinkFound.DEAD, "leads into a network of its own, where the public cannot go.")
    except socket.gaierror:
        # Nobody can tell a name that does not exist from one that cannot be looked up from here.
        return Trial(href, LinkFound.UNSURE, "has a name that was not found: check how it is written.")
    except ssl.SSLCertVerificationError:
        return Trial(href, LinkFound.UNSURE, "shows a certificate that was not accepted: open it yourself.")
    except (OSError, HTTPException, ValueError):
        return Trial(href, LinkFound.UNSURE, "did not answer: open it yourself, or try again later.")
    return Trial(href, LinkFound.UNSURE, "leads on and on: open it yourself.")


def _of_status(href: str, status: int) -> Trial:
    if status in GONE:
        return Trial(href, LinkFound.DEAD, f"says that there is no such page ({status}).")
    if status < HTTPStatus.BAD_REQUEST:
        return Trial(href, LinkFound.OPEN)
    # Many sites refuse whatever is no browser, and open for a reader.
    return Trial(href, LinkFound.UNSURE, f"did not open for the check ({status}): open it yourself.")


def _asked(href: str, out: WayOut) -> tuple[int, str]:
    """The status that an address answers with, and where it leads on."""
    parts = urlsplit(href)
    host = (parts.hostname or "").encode("idna").decode()
    if parts.scheme not in PORTS or not host:
        raise _NotToBeAskedError
    port = parts.port or PORTS[parts.scheme]
    addresses = out.look_up(host, port)
    if port not in out.ports or not addresses or not all(out.may_ask(one) for one in addresses):
        raise _NotToBeAskedError
    path = quote(parts.path or "/", safe=KEPT) + (f"?{quote(parts.query, safe=KEPT)}" if parts.query else "")
    connection = _Connection(host, port, addresses[0], is_sealed=parts.scheme == "https")
    try:
        connection.request("GET", path, headers={"User-Agent": NAME, "Accept": "*/*", "Accept-Encoding": "identity"})
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "")
    finally:
        connection.close()


class _Connection(HTTPConnection):
    """A connection to one address, under the name that it was looked up by."""

    def __init__(self, host: str, port: int, address: str, *, is_sealed: bool) -> None:
        super().__init__(host, port, timeout=SECONDS_EACH)
        self._address, self._is_sealed = address, is_sealed
        self.default_port = PORTS["https" if is_sealed else "http"]

    def connect(self) -> None:
        """Connect to the address that was looked at, and to no other."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._is_sealed:
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self.host)
