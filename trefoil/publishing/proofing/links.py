"""Links that cannot work for the public, and pictures without words. Pure: nothing is fetched."""

from collections.abc import Iterator, Mapping, Sequence
from ipaddress import ip_address
from urllib.parse import urlsplit

from .fault import Fault, Whole

# Names that never lead anywhere on the public web: RFC 2606, RFC 6761, RFC 6762, and those kept for private networks.
NOWHERE = ("invalid", "test", "example", "localhost", "local", "internal", "intranet", "lan", "corp", "home")
SHORTEST_WORDS = 15


def dead_links(whole: Whole, own_hosts: Sequence[str]) -> Iterator[Fault]:
    """Links that lead nowhere, into somebody's own network, or to the signed-in side of this installation."""
    for section in whole:
        for href in dict.fromkeys(section.links):
            if why := why_dead(href, own_hosts):
                cure = "Write the address that a reader can open, or take the link out."
                yield Fault("link", section.pk, f"{href} {why}", cure, blocks=True)


def dead_when_tried(whole: Whole, trials: Mapping[str, tuple[bool, str]]) -> Iterator[Fault]:
    """Links that did not open when somebody tried them. `trials` is address -> whether it is surely dead, and why."""
    for section in whole:
        for href in dict.fromkeys(section.links):
            if href in trials:
                is_dead, why = trials[href]
                cure = "Write the address that a reader can open, or take the link out; then try the links again."
                yield Fault("link", section.pk, f"{href} {why}", cure, blocks=is_dead)


def why_dead(href: str, own_hosts: Sequence[str]) -> str:
    """Why a reader cannot follow an address, in words that go on from it; empty for one that looks sound."""
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return "is no address."
    if parts.scheme == "mailto":
        name, at, domain = parts.path.rpartition("@")
        return "" if name and at and "." in domain else "is no address of e-mail."
    if host in own_hosts:
        return "leads to pages that are read signed in."
    return "" if _is_public(host) else "leads nowhere that the public can go."


def _is_public(host: str) -> bool:
    try:
        return ip_address(host).is_global
    except ValueError:
        name, dot, end = host.rstrip(".").rpartition(".")
        return bool(name and dot and end) and end.lower() not in NOWHERE


def wordless_pictures(whole: Whole) -> Iterator[Fault]:
    """Charts that say nothing to somebody who cannot see them."""
    for section in whole:
        for block in section.blocks:
            if block.picture and len(block.picture.words.strip()) < SHORTEST_WORDS:
                cure = "Take the figures out and put them in again; if it stays so, tell whoever runs the installation."
                yield Fault("picture", section.pk, f"The chart of “{block.title}” has no words.", cure, blocks=True)
