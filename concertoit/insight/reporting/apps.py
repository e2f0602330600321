from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "concertoit.insight.reporting"
    label = "reporting"
