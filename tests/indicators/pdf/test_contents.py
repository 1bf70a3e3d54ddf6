"""What the pack says of who may see it."""

from datetime import datetime

from tests.indicators.handed_in import hand_in, months_of
from tests.world import World
from trefoil.indicators.catalogue.loader import catalogue
from trefoil.indicators.downloads.about import about_page
from trefoil.indicators.evidence.gathering import gather
from trefoil.indicators.pdf.contents import PackRequest, pack_contents


def stamps(world: World, now: datetime) -> tuple[str, str]:
    """The words on each page of the pack, and on the first sheet of a download."""
    evidence = gather(world.fairmead, [catalogue()["FD01"]])
    asked = PackRequest(world.fairmead, evidence, [], None, now.date(), [])
    about = dict(about_page(world.fairmead, what="", findings=evidence.findings, now=now))
    return pack_contents(asked)["banner_short"], str(about["Who may see it"])


def test_figures_that_were_printed_for_the_public_are_not_kept_from_it(world: World, now: datetime) -> None:
    hand_in(world, months_of("FD01", [10, 12]), now=now)
    world.fairmead.is_invented = False
    world.fairmead.save()
    pack, download = stamps(world, now)
    assert pack == "Not for publication: small numbers are not hidden."
    assert "do not publish it" in download
    world.fairmead.published_only = True
    world.fairmead.save()
    pack, download = stamps(world, now)
    assert pack == "Figures that were published or printed for the public."
    assert download.startswith("Everything here was published, ")
