"""Pages of a site from its facts and editions: what is there, what is not, and that every link leads on."""

import re
from html.parser import HTMLParser
from posixpath import join, normpath
from typing import Any

import pytest

from tests.website.made import PHONE, a_gone, a_stock, an_edition, some_facts
from trefoil.publishing.enums import PublicKind
from trefoil.website.building import File, assemble
from trefoil.website.pages.making import Stock
from trefoil.website.pages.shelves import SHELF_OF, addresses_of

REPORT = "reports/yearly-report-2024-to-2025/"


class Links(HTMLParser):
    """Everything that a page leads to or needs, and its names."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.names: set[str] = set()
        self.scripts: list[dict[str, str | None]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.links += [value for name in ("href", "src", "action") if (value := held.get(name))]
        if held.get("id"):
            self.names.add(str(held["id"]))
        if tag == "script":
            self.scripts.append(held)


def built(stock: Stock) -> dict[str, File]:
    """Every file of the site by its name, with an empty file for each download."""
    downloads = [
        File(f"{stock.path(one)}{file.name}", b"%PDF", file.content_type)
        for one in stock.editions
        for file in one.files
    ]
    return {one.name: one for one in assemble(stock, downloads, digest="0" * 32).files}


def text_of(files: dict[str, File], name: str) -> str:
    return files[name].content.decode()


def dead_links(files: dict[str, File], root: str) -> list[str]:
    """Links of pages to something of the site that is not there, and to names that a page does not have."""
    dead = []
    pages = {name: Links(one.content.decode()) for name, one in files.items() if name.endswith(".html")}
    for name, page in pages.items():
        for link in page.links:
            if ":" in link.partition("/")[0]:
                continue
            target, _, part = link.partition("#")
            if link.startswith("/"):
                place = target.removeprefix(root)
            else:
                place = normpath(join(name.rpartition("/")[0], target)) if target else name
                place = f"{place}/" if target.endswith("/") and place != "." else place.removeprefix(".")
            place = f"{place}index.html" if place.endswith("/") or not place else place
            gone = place.replace("index.html", "gone.html")
            if place not in files and gone not in files and place != "search/results/index.html":
                dead.append(f"{name} leads to {link}")
            elif part and part not in pages[place].names:
                dead.append(f"{name} leads to {link}, which has no such part")
    return dead


def test_every_kind_of_document_has_a_shelf() -> None:
    assert sorted({kind.value for kind in PublicKind} - SHELF_OF.keys()) == []


def test_no_link_of_a_site_is_dead() -> None:
    stock = a_stock(an_edition(), an_edition(number=2), an_edition(2, kind="arrangements"), gone=(a_gone(3),))
    files = built(stock)
    assert dead_links(files, stock.facts.root) == []
    assert len([name for name in files if name.endswith("index.html")]) >= 17


def test_dead_links_finds_planted_ones() -> None:
    files = built(a_stock(an_edition()))
    planted = b'<a href="../gone/">x</a><a href="#nowhere">y</a>'
    files["reports/index.html"] = File("reports/index.html", planted, "text/html")
    assert dead_links(files, "/") == [
        "reports/index.html leads to ../gone/",
        "reports/index.html leads to #nowhere, which has no such part",
    ]


def test_pages_need_no_script_and_hold_no_style() -> None:
    for name, file in built(a_stock(an_edition())).items():
        if not name.endswith(".html"):
            continue
        text = file.content.decode()
        scripts = Links(text).scripts
        assert len(scripts) == 1, name
        assert "defer" in scripts[0], name
        assert str(scripts[0]["src"]).endswith(".js"), name
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text), name
        assert text.count("<h1>") == 1, name


def test_numbers_are_those_of_the_settings_and_of_the_whole_country() -> None:
    text = text_of(built(a_stock()), "worried/index.html")
    assert "Call 999" in text
    assert f'href="tel:{PHONE.replace(" ", "")}">{PHONE}</a>, Monday to Friday' in text
    own = {PHONE, "01632 960 124"}
    assert set(re.findall(r'href="tel:[0-9]+">(?:call )?([0-9 ]{3,})<', text)) - own == {
        "101",
        "0808 800 5000",
        "0800 1111",
    }


def test_no_number_is_invented_where_none_is_set() -> None:
    nothing = {"front_door_phone": "", "out_of_hours_phone": "", "front_door_name": "", "front_door_hours": ""}
    text = text_of(built(a_stock(**nothing)), "worried/index.html")
    assert "does not hold the number" in text
    assert "gov.uk/report-child-abuse-to-local-council" in text
    assert "01632" not in text


def test_newest_edition_leads_and_the_earlier_one_says_so() -> None:
    files = built(a_stock(an_edition(), an_edition(number=2)))
    assert f'href="../{REPORT}edition-2/"' in text_of(files, "reports/index.html")
    assert "There is a newer edition" in text_of(files, f"{REPORT}edition-1/index.html")
    assert "There is a newer edition" not in text_of(files, f"{REPORT}edition-2/index.html")
    assert text_of(files, f"{REPORT}index.html").count("Edition ") == 2


def test_edition_shows_words_downloads_and_approvals() -> None:
    text = text_of(built(a_stock(an_edition())), f"{REPORT}edition-1/index.html")
    assert "They said it." in text
    assert "Approved by Fairmead Police." in text
    assert 'href="yearly-report.pdf"' in text


def test_edition_that_was_taken_down_is_gone_with_its_day() -> None:
    files = built(a_stock(gone=(a_gone(),)))
    assert f"{REPORT}edition-1/index.html" not in files
    gone = files[f"{REPORT}edition-1/gone.html"]
    assert gone.status == 410
    assert "3 October 2025" in gone.content.decode()
    assert "it named a child" in gone.content.decode()
    assert "What changed for children" not in "".join(
        one.content.decode() for one in files.values() if one.name.endswith("html")
    )


def test_address_of_an_edition_taken_down_leads_to_the_one_that_can_be_read() -> None:
    text = text_of(built(a_stock(an_edition(number=2), gone=(a_gone(),))), f"{REPORT}edition-1/gone.html")
    assert f'href="../../../{REPORT}edition-2/"' in text
    assert "can be read:" not in text_of(built(a_stock(gone=(a_gone(),))), f"{REPORT}edition-1/gone.html")


def test_period_stands_on_what_is_about_one() -> None:
    briefing = an_edition(2, kind="learning_briefing", kind_words="Learning briefing", title="Seven minutes")
    files = built(a_stock(an_edition(), briefing))
    assert "1 April 2024 to 31 March 2025" in text_of(files, f"{REPORT}edition-1/index.html")
    assert "1 April 2024" not in text_of(files, "learning/seven-minutes/edition-1/index.html")


def test_empty_site_says_so_on_every_shelf() -> None:
    files = built(a_stock(partners=()))
    for name in ("arrangements", "reports", "reviews", "learning", "policies", "partners", "training", "search"):
        assert 'class="empty"' in text_of(files, f"{name}/index.html"), name
    assert "Newest documents" not in text_of(files, "index.html")


@pytest.mark.parametrize(("facts", "words"), [({}, "Disallow: /\n"), ({"is_invented": False}, "Sitemap: https://")])
def test_invented_sites_stay_out_of_search_engines(facts: dict[str, Any], words: str) -> None:
    files = built(a_stock(an_edition(), **facts))
    assert words in text_of(files, "robots.txt")
    assert ("sitemap.xml" in files) is bool(facts)
    assert ('content="noindex"' in text_of(files, "index.html")) is not bool(facts)


def test_own_colour_and_name_are_on_it() -> None:
    files = built(a_stock())
    styles = [one for one in files.values() if one.name.endswith(".css")]
    assert len(styles) == 1
    assert styles[0].content.startswith(b":root { --own: #6b2a5b; }")
    assert styles[0].name in text_of(files, "index.html")
    assert "<title>Fairmead Safeguarding Children Partnership</title>" in text_of(files, "index.html")


def test_page_that_is_not_there_leads_on_from_the_root() -> None:
    assert 'href="/search/"' in text_of(built(a_stock()), "404.html")
    assert 'href="/site/fairmead/search/"' in text_of(built(a_stock(host="")), "404.html")


def test_addresses_stay_when_a_later_document_has_the_same_title() -> None:
    first = (1, "policy", "Neglect") if "policy" in SHELF_OF else (1, "yearly_report", "Neglect")
    found = addresses_of([first, (2, first[1], "Neglect!"), (3, "arrangements", "Neglect"), (4, first[1], "…")])
    shelf = SHELF_OF[first[1]].path
    assert found == {1: f"{shelf}neglect/", 2: f"{shelf}neglect-2/", 3: "arrangements/neglect/", 4: f"{shelf}document/"}


def test_facts_say_where_the_site_begins() -> None:
    assert some_facts().root == "/"
    assert some_facts(host="").root == "/site/fairmead/"
    assert not some_facts(front_door_phone="").has_front_door
