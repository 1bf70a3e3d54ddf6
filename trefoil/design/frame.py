"""What stands around every page. A view's context gives it as `frame`; without one the page still stands."""

from dataclasses import dataclass

from trefoil.design.palette import DEFAULT_PARTNERSHIP_COLOUR, PARTNERSHIP_COLOURS

MOST_NAVIGATION_WORDS = 7
DEMO_NOTE = "Fairmead is an invented borough. Every figure and person on this page is invented."


@dataclass(frozen=True)
class NavigationItem:
    """One word of a navigation. `current` marks the room, or the page, the reader is in."""

    label: str
    href: str
    current: bool = False


@dataclass(frozen=True)
class Crumb:
    """One step of the breadcrumb, from home towards this page; the page itself is not a step."""

    label: str
    href: str


@dataclass(frozen=True)
class PageFrame:
    """Header, navigation, notes and session of a page. `section`: the pages of the room, as a second row.

    `colour` is a key of `PARTNERSHIP_COLOURS`. `demo_note`, `published_note` and `emergency_note` are whole
    sentences; empty leaves the banner out; `emergency_href` is where emergency access is ended. `session_seconds` is
    the time to the end of the session, or None when there is none to warn about; `keep_session_href` takes a POST that
    keeps it open and answers 204, without a redirect. `quick_exit_href` is a page outside Trefoil.
    `messages_href` leads to the reader's messages, of which `unread` are not read.
    Raises ValueError for an unknown colour or more than seven words of navigation.
    """

    partnership_name: str = "Trefoil"
    colour: str = DEFAULT_PARTNERSHIP_COLOUR
    home_href: str = "/"
    navigation: tuple[NavigationItem, ...] = ()
    section: tuple[NavigationItem, ...] = ()
    person_name: str = ""
    account_href: str = ""
    messages_href: str = ""
    unread: int = 0
    sign_in_href: str = ""
    sign_out_href: str = ""
    demo_note: str = ""
    published_note: str = ""
    emergency_note: str = ""
    emergency_href: str = ""
    accessibility_href: str = ""
    session_seconds: int | None = None
    keep_session_href: str = ""
    session_warning_seconds: int = 300
    quick_exit_href: str = ""

    def __post_init__(self) -> None:
        """Refuse what the stylesheet cannot show."""
        if self.colour not in PARTNERSHIP_COLOURS:
            raise ValueError(
                f"{self.colour!r} is not a partnership colour. Choose from {', '.join(PARTNERSHIP_COLOURS)}."
            )
        if len(self.navigation) > MOST_NAVIGATION_WORDS:
            raise ValueError(f"The navigation holds at most {MOST_NAVIGATION_WORDS} words.")
