from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "concertoit.ground.notifications"
    label = "notifications"

    def ready(self) -> None:
        from concertoit.ground.notifications.queries import unread
        from concertoit.ground.ui import navigation

        navigation.register_counter(unread)
