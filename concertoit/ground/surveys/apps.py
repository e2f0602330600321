from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "concertoit.ground.surveys"
    label = "surveys"
