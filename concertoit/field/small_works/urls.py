"""Addresses of small works."""

from django.urls import path

from concertoit.field.small_works.views import online, requests, research, setup, visit

app_name = "small_works"
IN = "demarches/<slug:slug>/menus-travaux/"
ONE = f"{IN}<str:reference>/"
urlpatterns = [
    path(IN, requests.home, name="home"),
    path(f"{IN}nouvelle/", requests.new, name="new"),
    path(f"{IN}reglages/", setup.pilot, name="pilot"),
    path(f"{IN}aides/", setup.handypersons, name="handypersons"),
    path(f"{IN}aides/nouvelle/", setup.handyperson_edit, name="handyperson_new"),
    path(f"{IN}aides/<int:handyperson_id>/", setup.handyperson_edit, name="handyperson_edit"),
    path(f"{IN}recherche/", research.research, name="research"),
    path(f"{IN}recherche/<int:extraction_id>.csv", research.extraction_file, name="extraction_file"),
    path(f"{IN}demander/", online.ask, name="ask"),
    path(f"{IN}demander/recue/", online.received, name="received"),
    path(ONE, requests.request_page, name="request"),
    path(f"{ONE}completer/", requests.complete, name="complete"),
    path(f"{ONE}decider/", requests.decide, name="decide"),
    path(f"{ONE}jumeler/", requests.match, name="match"),
    path(f"{ONE}visite/", requests.plan_visit, name="plan_visit"),
    path(f"{ONE}faite/", requests.report_done, name="report_done"),
    path(f"{ONE}nouvelles/", requests.follow_up, name="follow_up"),
    path(f"{ONE}annuler/", requests.cancel, name="cancel"),
    path(f"{ONE}reprendre/", requests.reopen, name="reopen"),
    path(f"{ONE}accord-recherche/", requests.research_consent, name="research_consent"),
    path("menus-travaux/visite/<str:token>/", visit.visit, name="visit"),
]
