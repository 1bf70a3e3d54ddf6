"""What the public host answers: the site's own bytes, and nothing of the signed-in side."""

import gzip
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from typst import TypstError

from tests.publishing.made import a_document, frozen, section_of, wrote
from tests.repository.url_samples import Address, addresses
from tests.website.made import HOST, a_shown_site, an_edition_out
from tests.world import World
from trefoil.people.models import Person
from trefoil.publishing import public
from trefoil.publishing.models import Edition
from trefoil.publishing.outputs import making
from trefoil.publishing.outputs.tree import Paper
from trefoil.website.folder import shown, store
from trefoil.website.keeping import keep_site, keep_sites, round_of_sites
from trefoil.website.operations import switch_site

ClientFor = Callable[[Person], Client]
EDITION = "/reports/report-to-the-committee/edition-1/"


def ask(path: str, *, client: Client | None = None, host: str = HOST, **headers: str) -> Any:
    """The answer of the public host."""
    return (client or Client()).get(path, headers={"Host": host, **headers})


def test_public_host_answers_without_asking_the_database(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        for path in ("/", "/worried/", "/search/results/?q=partners", "/nowhere/"):
            ask(path)
    assert len(asked) == 0


def test_page_is_the_file_that_was_built(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    answer = ask("/worried/")
    built = (store() / site.partnership.slug / "current" / "public" / "worried" / "index.html").read_bytes()
    assert answer.status_code == 200
    assert answer.content == built
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_page_is_packed_for_who_takes_it_and_not_sent_twice(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    plain, packed = ask("/"), ask("/", **{"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
    again = ask("/", **{"If-None-Match": plain.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "stale-if-error" in again.headers["Cache-Control"]


def test_assets_are_kept_for_good_and_pages_for_a_minute(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    page = ask("/").content.decode()
    style = page.partition('rel="stylesheet" href="')[2].partition('"')[0]
    assert "immutable" in ask(f"/{style}").headers["Cache-Control"]
    assert "max-age=60" in ask("/").headers["Cache-Control"]


def test_every_answer_forbids_what_it_does_not_need(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    for path in ("/", "/nowhere/", "/search/results/?q=x", "/robots.txt"):
        headers = ask(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in headers
        assert "Strict-Transport-Security" not in headers
    with override_settings(SECURE_HSTS_SECONDS=100):
        assert ask("/").headers["Strict-Transport-Security"] == "max-age=100"


def test_plain_http_is_led_on_where_the_installation_has_https(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    with override_settings(SECURE_SSL_REDIRECT=True):
        answer = ask("/worried/?a=b", host=f"{HOST}:80")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"https://{HOST}/worried/?a=b"


def test_head_says_how_long_a_page_is_and_sends_nothing(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    whole, head = ask("/worried/"), Client().head("/worried/", headers={"Host": HOST})
    assert head.content == b""
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.content))


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_public_host_takes_nothing(world: World, now: datetime, method: str) -> None:
    a_shown_site(world, now=now)
    assert getattr(Client(), method)("/", headers={"Host": HOST}).status_code == 405


def test_address_without_its_slash_leads_on_within_the_site(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    answer = ask("/reports")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "reports/"


@pytest.mark.parametrize(
    "path",
    [
        "/nowhere/",
        "/404.html",
        "/index.html.gz",
        "/../site.json",
        "/site.json",
        "/%2e%2e/site.json",
        "/.lock",
        "/assets/",
    ],
)
def test_what_is_no_page_is_not_found(world: World, now: datetime, path: str) -> None:
    a_shown_site(world, now=now)
    answer = ask(path)
    assert answer.status_code == 404
    assert b"Page not found" in answer.content


def any_path(address: Address) -> str:
    """An address of the application, with a 1 for every part that is not the partnership."""
    parts = {part: "fairmead" if part in {"slug", "site"} else 1 for part in address.parts}
    try:
        return reverse(address.name, kwargs=parts)
    except NoReverseMatch:
        return f"/fairmead/{address.name}/"


def test_nothing_of_the_signed_in_side_is_reachable_from_the_public_host(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    """Every address of the application, asked for by its manager signed in, on the public host."""
    site = a_shown_site(world, now=now)
    client, folder = client_for(world.manager), store() / site.partnership.slug / "current" / "public"
    own = {path.read_bytes() for path in folder.rglob("index.html")}
    walked, found = 0, []
    for address in addresses():
        answer = ask(any_path(address), client=client)
        walked += answer.status_code == 404
        is_own = answer.status_code == 200 and answer.content in own
        if (answer.status_code != 404 and not is_own) or "Set-Cookie" in answer.headers:
            found.append(f"{address.name} answers {answer.status_code}")
    assert found == []
    assert walked > 200
    assert ask("/static/design/trefoil.css").status_code == 404


def test_no_page_of_a_site_leads_to_the_signed_in_side(world: World, now: datetime) -> None:
    an_edition_out(world, now=now)
    site = a_shown_site(world, now=now)
    folder = store() / site.partnership.slug / "current" / "public"
    for path in folder.rglob("*.html"):
        text = path.read_text()
        for word in ("account/", "/login", "Sign in", "csrf", "sessionid", "/fairmead/", "Trefoil"):
            assert word not in text, f"{path.name}: {word}"


def test_public_edition_and_its_files_are_there(world: World, now: datetime) -> None:
    an_edition_out(world, now=now)
    a_shown_site(world, now=now)
    page = ask(EDITION).content.decode()
    assert "The partners looked together" in page
    assert "Approved by" in page
    for ending, beginning in (("pdf", b"%PDF"), ("docx", b"PK"), ("html", b"<!doctype html>")):
        answer = ask(f"{EDITION}report-to-the-committee.{ending}")
        assert answer.status_code == 200
        assert answer.content.startswith(beginning)
        assert ("attachment" in answer.headers.get("Content-Disposition", "")) is (ending != "pdf")
    found = ask("/search/results/?q=changed+children").content.decode()
    assert f"../../{EDITION[1:]}#summary" in found
    assert "<mark>children</mark>" in found


def test_draft_and_what_is_only_approved_or_frozen_are_not_reachable(world: World, now: datetime) -> None:
    draft = a_document(world, now=now, title="A draft of the year")
    wrote(section_of(draft, "data"), world, now=now, prose="A sentence that nobody outside may read yet.")
    assert frozen(world, now=now).number == 1
    site = a_shown_site(world, now=now)
    folder = store() / site.partnership.slug
    held = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".gz").decode()
    assert "draft of the year" not in held
    assert "nobody outside may read" not in held
    assert "The partners looked together" not in held
    assert ask(EDITION).status_code == 404
    assert "nobody outside" not in ask("/search/results/?q=sentence").content.decode()


def test_site_that_is_switched_off_is_gone_with_its_files(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    switch_site(site=site, on=False, seen_version=site.version, by=world.manager, now=now)
    keep_site(site, by=world.manager, now=now)
    assert ask("/").status_code == 400
    assert not (store() / "fairmead").exists()
    assert list((store() / "hosts").iterdir()) == []


def test_new_name_replaces_the_old_one(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    site.host = "other.example.org"
    site.save()
    keep_site(site, by=None, now=now)
    assert ask("/", host="other.example.org").status_code == 200
    assert ask("/").status_code == 400


def test_worker_builds_only_when_something_public_changed(world: World, now: datetime) -> None:
    site = a_shown_site(world, now=now)
    before = shown(store() / "fairmead")
    assert keep_sites(now=now) == []
    assert round_of_sites() == ""
    an_edition_out(world, now=now)
    assert round_of_sites() == "Public sites built: fairmead."
    assert shown(store() / "fairmead") != before
    assert len(list((store() / "fairmead" / "builds").iterdir())) == 1
    assert site.partnership == world.fairmead


def test_file_that_cannot_be_made_is_left_out_and_told(
    world: World, now: datetime, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    an_edition_out(world, now=now)

    def cannot(paper: Paper) -> bytes:
        raise TypstError(f"no such glyph in {paper.title}")

    monkeypatch.setitem(making.WRITERS, making.FileKind.PDF, cannot)
    a_shown_site(world, now=now)
    page = ask(EDITION).content.decode()
    assert ".docx" in page
    assert ".pdf" not in page
    assert "no such glyph" in caplog.text


def test_files_of_an_edition_are_written_once(world: World, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    an_edition_out(world, now=now)
    site = a_shown_site(world, now=now)
    written: list[str] = []
    monkeypatch.setattr(public, "file_of", lambda _edition, kind: written.append(kind) or b"")
    site.lead = "Other words."
    assert keep_site(site, by=None, now=now)
    assert written == []
    pdf = store() / "fairmead" / "current" / "public" / f"{EDITION[1:]}report-to-the-committee.pdf"
    pdf.write_bytes(b"spoiled")
    site.lead = "Still others."
    keep_site(site, by=None, now=now)
    assert written == ["pdf"]


@pytest.mark.parametrize(
    "host", ["", "127.0.0.1:8000", "nobody.example.org", "..", "../fairmead", "fairmead.example.org/x"]
)
def test_other_hosts_are_none_of_a_sites(world: World, now: datetime, host: str) -> None:
    a_shown_site(world, now=now)
    answer: HttpResponse = ask("/worried/", host=host or "testserver")
    assert answer.status_code in {302, 400, 404}


def test_host_is_found_with_its_port_and_in_any_letters(world: World, now: datetime) -> None:
    a_shown_site(world, now=now)
    assert ask("/", host=f"{HOST.upper()}:8443").status_code == 200
    assert ask("/", host=f"{HOST}.").status_code == 200


def test_demo_shows_sites_under_a_path_and_others_do_not(world: World, now: datetime) -> None:
    a_shown_site(world, now=now, host="")
    assert Client().get("/site/fairmead/").status_code == 404
    with override_settings(DEMO=True):
        assert Client().get(reverse("demo_site", args=["fairmead"])).status_code == 200
        assert Client().get("/site/nobody/").status_code == 404
        assert Edition.objects.count() == 0
