from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "trefoil.notifications"
    label = "notifications"
