"""The inbox, its settings, what failed, and the addresses, as their readers see them."""

import re
from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.utils import timezone

from tests.notifications.mail_server import Post
from tests.notifications.telling import at_once, tell
from tests.world import World
from trefoil.notifications.enums import MailChoice
from trefoil.notifications.models import CalendarAddress, Message
from trefoil.notifications.queries import mail_choice_of
from trefoil.notifications.rounds import go_round
from trefoil.notifications.sending import send_due
from trefoil.people.models import Person

ClientFor = Callable[[Person], Client]
INBOX = "/fairmead/messages/"


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_header_counts_what_is_not_read(world: World, now: datetime, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    assert "not read</span></span></a>" not in text_of(client, "/fairmead/")
    tell(world, world.alice, now)
    assert 'tf-header__count">1<span' in text_of(client, "/fairmead/")


def test_inbox_shows_the_readers_own_and_opening_one_reads_it(
    world: World, now: datetime, client_for: ClientFor
) -> None:
    tell(world, world.alice, now, words="Tarn Park asks for something.", path="/fairmead/groups/")
    tell(world, world.bob, now, words="For Bob alone.")
    client = client_for(world.alice)
    text = text_of(client, INBOX)
    assert "1 not read yet." in text
    assert "Tarn Park asks for something." in text
    assert "For Bob alone." not in text
    own, other = Message.objects.get(person=world.alice), Message.objects.get(person=world.bob)
    assert client.head(f"{INBOX}{own.pk}/").status_code == 302
    assert "1 not read yet." in text_of(client, INBOX)
    answer = client.get(f"{INBOX}{own.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, "/fairmead/groups/")
    assert "You have read them all." in text_of(client, INBOX)
    assert client.get(f"{INBOX}{other.pk}/").status_code == 404


def test_all_are_marked_as_read_at_once(world: World, now: datetime, client_for: ClientFor) -> None:
    for number in range(3):
        tell(world, world.alice, now, key=f"action:{number}:due")
    client = client_for(world.alice)
    text = client.post(f"{INBOX}read/", follow=True).content.decode()
    assert "3 messages are marked as read." in text
    assert "You have read them all." in text


def test_empty_inbox_says_what_comes_here(world: World, client_for: ClientFor) -> None:
    assert "No messages yet" in text_of(client_for(world.alice), INBOX)


def test_mail_choice_page_shows_the_choice_and_changes_it(world: World, client_for: ClientFor) -> None:
    client = client_for(world.alice)
    assert re.search(r'value="digest"[^>]*checked', text_of(client, f"{INBOX}e-mail/"))
    assert "Choose how you want to be told." in client.post(f"{INBOX}e-mail/", {}).content.decode()
    text = client.post(f"{INBOX}e-mail/", {"choice": "none"}, follow=True).content.decode()
    assert "From now on: no e-mail." in text
    assert mail_choice_of(world.alice) == MailChoice.NONE


def test_failed_letters_are_shown_to_the_manager_and_tried_again(
    world: World, client_for: ClientFor, post: Post
) -> None:
    now = timezone.now()
    at_once(world, world.alice, now)
    tell(world, world.alice, now)
    post.answer_to_data = "554 no"
    send_due(now=now)
    client = client_for(world.manager)
    text = text_of(client, f"{INBOX}unsent/")
    assert "1 e-mail could not be sent." in text
    assert "The mail server refused the letter (its answer was 554)." in text
    assert "alice@example.org" not in text
    assert client_for(world.alice).get(f"{INBOX}unsent/").status_code == 404
    post.answer_to_data = "250 kept"
    assert "1 will be tried again" in client.post(f"{INBOX}unsent/", follow=True).content.decode()
    assert go_round() == ["Letters: 1 sent, 0 failed, 0 not needed"]
    assert "Every e-mail went." in text_of(client, f"{INBOX}unsent/")


def test_address_is_shown_in_full_once_and_ended(world: World, client_for: ClientFor, client: Client) -> None:
    own, page = client_for(world.alice), "/fairmead/calendar-addresses/"
    text = own.post(page, {"label": "Outlook at work", "scope": "all"}).content.decode()
    (address,) = re.findall(r"<code>http://testserver(/calendar/[\w-]+\.ics)</code>", text)
    assert client.get(address).status_code == 200
    text = text_of(own, page)
    assert address not in text
    assert "Outlook at work" in text
    held = CalendarAddress.objects.get()
    assert client_for(world.bob).get(f"{page}{held.pk}/end/").status_code == 404
    assert "End this address" in text_of(own, f"{page}{held.pk}/end/")
    assert "has ended" in own.post(f"{page}{held.pk}/end/", follow=True).content.decode()
    assert client.get(address).status_code == 404
    assert own.get(f"{page}{held.pk}/end/").status_code == 404


def test_address_form_with_mistakes_says_so(world: World, client_for: ClientFor) -> None:
    text = client_for(world.alice).post("/fairmead/calendar-addresses/", {}).content.decode()
    assert "Say which calendar it is for." in text
    assert not CalendarAddress.objects.exists()
