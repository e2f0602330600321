"""Addresses of events."""

from django.urls import path

from concertoit.together.events.views import alone, browsing, preparing

app_name = "events"
BASE = "demarches/<slug:slug>/activites/"
ONE = BASE + "<int:event_id>/"
SESSION = ONE + "seances/<int:session_id>/"
urlpatterns = [
    path(BASE, browsing.season, name="season"),
    path(BASE + "nouvelle/", preparing.event_edit, name="event_add"),
    path(BASE + "programmations/nouvelle/", preparing.programme, name="programme_add"),
    path(BASE + "programmations/<int:programme_id>/", preparing.programme, name="programme"),
    path(BASE + "besoins/", browsing.needs, name="needs"),
    path(BASE + "besoins/<int:need_id>/appui/", browsing.need_support, name="need_support"),
    path(BASE + "besoins/<int:need_id>/suite/", browsing.need_follow, name="need_follow"),
    path(ONE, browsing.event, name="event"),
    path(ONE + "modifier/", preparing.event_edit, name="event_edit"),
    path(ONE + "etat/", preparing.event_state, name="event_state"),
    path(ONE + "synthese/", preparing.synthesis, name="synthesis"),
    path(ONE + "mesurer/", preparing.measure, name="measure"),
    path(ONE + "seances/nouvelle/", preparing.session_edit, name="session_add"),
    path(SESSION, preparing.session_edit, name="session"),
    path(SESSION + "annuler/", preparing.session_cancel, name="session_cancel"),
    path(SESSION + "inscription/", browsing.register, name="register"),
    path(SESSION + "desistement/", browsing.give_up, name="give_up"),
    path(SESSION + "personnes/", preparing.people, name="people"),
    path(SESSION + "personnes.csv", preparing.people_file, name="people_file"),
    path(SESSION + "personnes/inscrire/", preparing.person_add, name="person_add"),
    path(SESSION + "personnes/retirer/", preparing.person_remove, name="person_remove"),
    path("inscription/<uuid:uid>/", alone.sign_up, name="sign_up"),
    path("mon-inscription/<str:token>/", alone.own, name="own"),
    path("mon-inscription/<str:token>/desistement/", alone.own_give_up, name="own_give_up"),
    path("mon-inscription/<str:token>/attestation.pdf", alone.certificate, name="certificate"),
    path("presence/", alone.check_in, name="check_in"),
]
