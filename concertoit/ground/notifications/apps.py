from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "concertoit.ground.notifications"
    label = "notifications"
