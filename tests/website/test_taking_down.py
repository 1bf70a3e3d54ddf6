"""What is no longer public is gone from pages, files and search at once."""

from datetime import datetime

from tests.publishing.made import IN_WORDS
from tests.website.made import a_shown_site, an_edition_out
from tests.website.test_serving import EDITION, ask
from tests.world import World
from trefoil.publishing import public
from trefoil.publishing.enums import TakenDownFor
from trefoil.publishing.models import Offer, PublicDocument
from trefoil.publishing.operations.documents import change_document
from trefoil.publishing.operations.publication import begin_next_edition, put_back_edition, take_down_edition
from trefoil.website.folder import store
from trefoil.website.keeping import keep_site


def test_edition_that_was_changed_by_hand_is_left_out(world: World, now: datetime) -> None:
    edition = an_edition_out(world, now=now)
    site = a_shown_site(world, now=now)
    assert ask(EDITION).status_code == 200
    Offer.objects.filter(pk=edition.offer_id).update(content={**edition.offer.content, "title": "Something else"})
    assert keep_site(site, by=None, now=now)
    assert ask(EDITION).status_code == 404
    assert public.not_as_frozen(world.fairmead) == ("Report to the committee, edition 1",)


def test_edition_that_is_taken_down_is_gone_from_pages_files_and_search(world: World, now: datetime) -> None:
    edition = an_edition_out(world, now=now)
    site = a_shown_site(world, now=now)
    assert ask(EDITION).status_code == 200
    take_down_edition(edition=edition, reason="A family could be recognised in it.", by=world.manager, now=now)
    assert keep_site(site, by=None, now=now)
    for path in (EDITION, f"{EDITION}report-to-the-committee.pdf", f"{EDITION}gone.html"):
        answer = ask(path)
        assert answer.status_code == 410, path
        assert b"22 November 2026" in answer.content, path
        assert b"recognised" not in answer.content, path
    # Its links are relative to the folder, so the address without a stroke leads on to the one with it.
    led_on = ask(EDITION.rstrip("/"))
    assert (led_on.status_code, led_on.headers["Location"]) == (301, "edition-1/")
    assert "looked together" not in ask("/search/results/?q=partners").content.decode()
    held = [one for one in (store() / site.partnership.slug).rglob("*") if one.suffix in {".pdf", ".docx"}]
    assert held == []
    put_back_edition(edition=edition, reason="The part that named them is gone.", by=world.manager, now=now)
    assert keep_site(site, by=None, now=now)
    assert ask(EDITION).status_code == 200


def test_page_of_what_is_gone_says_the_kind_of_reason_and_nothing_of_a_draft(world: World, now: datetime) -> None:
    edition = an_edition_out(world, now=now)
    site = a_shown_site(world, now=now)
    told = TakenDownFor.MISTAKE
    take_down_edition(edition=edition, reason=IN_WORDS, public_reason=told, by=world.manager, now=now)
    begin_next_edition(document=edition.document, reason=IN_WORDS, by=world.manager, now=now)
    document = PublicDocument.objects.get(pk=edition.document_id)
    facts = {"starts_on": document.starts_on, "ends_on": document.ends_on, "law": document.law}
    change_document(
        document=document,
        title="A title that is not out yet",
        **facts,
        seen_version=document.version,
        by=world.manager,
        now=now,
    )
    assert keep_site(site, by=None, now=now)
    page = ask(EDITION).content.decode()
    assert "Something in it was wrong." in page
    assert IN_WORDS not in page
    assert "not out yet" not in page
    assert "Report to the committee" in page
