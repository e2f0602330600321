from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "concertoit.ground.audit"
    label = "audit"
