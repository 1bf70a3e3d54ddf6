from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "trefoil.meetings"
    label = "meetings"
