"""What a site says beside the published editions, as plain values. Pure: no database.

Pages are made from these and from `publishing.public`, so that nothing else can come onto them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Listed:
    """An agency or a group: its name and one sentence, why it was chosen or what it is for."""

    name: str
    words: str


@dataclass(frozen=True)
class SiteFacts:
    """A partnership and its site. `colour` is `#rrggbb`; an empty text is left out of every page."""

    slug: str
    name: str
    short_name: str
    area: str
    colour: str
    is_invented: bool
    host: str
    lead: str
    email: str
    phone: str
    post_address: str
    privacy_email: str
    front_door_name: str
    front_door_phone: str
    front_door_hours: str
    out_of_hours_phone: str
    front_door_page: str
    procedures_name: str
    procedures_page: str
    training: str
    partners: tuple[Listed, ...]
    agencies: tuple[Listed, ...]
    groups: tuple[Listed, ...]

    @property
    def has_front_door(self) -> bool:
        """Whether the page for who is worried can say where to turn in this area."""
        return bool(self.front_door_phone or self.front_door_page)

    @property
    def root(self) -> str:
        """Where the site begins: at its own host, or in the demo under a path of the installation."""
        return "/" if self.host else f"/site/{self.slug}/"
