"""The address of a calendar feed. It is outside any partnership: the secret alone says whose it is."""

from django.urls import path

from .views import addresses

urlpatterns = [path("calendar/<str:secret>.ics", addresses.feed, name="calendar_feed")]
