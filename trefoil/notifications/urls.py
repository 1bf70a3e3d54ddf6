"""Addresses of notifications, below a partnership's."""

from django.urls import path

from .views import addresses, inbox

urlpatterns = [
    path("messages/", inbox.message_list, name="message_list"),
    path("messages/read/", inbox.messages_read, name="messages_read"),
    path("messages/e-mail/", inbox.mail_choice, name="mail_choice"),
    path("messages/unsent/", inbox.letters_unsent, name="letters_unsent"),
    path("messages/<int:pk>/", inbox.message_open, name="message_open"),
    path("calendar-addresses/", addresses.calendar_addresses, name="calendar_addresses"),
    path("calendar-addresses/<int:pk>/end/", addresses.calendar_address_end, name="calendar_address_end"),
]
