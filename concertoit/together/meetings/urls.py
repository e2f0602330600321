"""Addresses: meetings of bodies and committees."""

from django.urls import path

from concertoit.together.meetings import views

app_name = "meetings"
SPACE = "demarches/<slug:slug>/rencontres/"
ONE = f"{SPACE}<int:meeting_id>/"
SERIES = f"{SPACE}series/<int:series_id>/"

urlpatterns = [
    path(SPACE, views.overview.overview, name="overview"),
    path(f"{SPACE}calendrier/", views.overview.year, name="year"),
    path(f"{SPACE}ajouter/", views.meeting.add, name="add"),
    path(f"{SPACE}series/ajouter/", views.series.edit, name="series_add"),
    path(SERIES, views.series.series, name="series"),
    path(f"{SERIES}modifier/", views.series.edit, name="series_edit"),
    path(f"{SERIES}fin/", views.series.end, name="series_end"),
    path(f"{SERIES}rencontre/", views.meeting.add, name="series_meeting"),
    path(f"{SERIES}points/ajouter/", views.series.standing, name="standing_add"),
    path(f"{SERIES}points/<int:standing_id>/", views.series.standing, name="standing"),
    path(f"{SERIES}points/<int:standing_id>/deplacer/", views.series.standing_move, name="standing_move"),
    path(f"{SERIES}points/<int:standing_id>/retirer/", views.series.standing_remove, name="standing_remove"),
    path(f"{SERIES}proposer/", views.series.propose, name="propose"),
    path(f"{SPACE}gardes/<int:kept_id>/", views.series.drop, name="kept_drop"),
    path(ONE, views.meeting.meeting, name="meeting"),
    path(f"{ONE}modifier/", views.meeting.edit, name="edit"),
    path(f"{ONE}annuler/", views.meeting.cancel, name="cancel"),
    path(f"{ONE}retablir/", views.meeting.restore, name="restore"),
    path(f"{ONE}retirer/", views.meeting.remove, name="remove"),
    path(f"{ONE}ouvrir/", views.meeting.open_meeting, name="open"),
    path(f"{ONE}clore/", views.meeting.close, name="close"),
    path(f"{ONE}rencontre.ics", views.calendar.one, name="file"),
    path(f"{ONE}ordre-du-jour/", views.agenda.agenda, name="agenda"),
    path(f"{ONE}ordre-du-jour/batir/", views.agenda.build, name="build"),
    path(f"{ONE}ordre-du-jour/ajouter/", views.agenda.item, name="item_add"),
    path(f"{ONE}ordre-du-jour/<int:item_id>/", views.agenda.item, name="item"),
    path(f"{ONE}ordre-du-jour/<int:item_id>/duree/", views.agenda.minutes, name="item_minutes"),
    path(f"{ONE}ordre-du-jour/<int:item_id>/deplacer/", views.agenda.move, name="item_move"),
    path(f"{ONE}ordre-du-jour/<int:item_id>/retirer/", views.agenda.remove, name="item_remove"),
    path(f"{ONE}ordre-du-jour/<int:item_id>/remettre/", views.agenda.restore, name="item_restore"),
    path(f"{ONE}convoquer/", views.people.convene, name="convene"),
    path(f"{ONE}renvoyer/", views.people.send_again, name="send_again"),
    path(f"{ONE}inviter/", views.people.invite, name="invite"),
    path(f"{ONE}invitations/<int:row_id>/retirer/", views.people.uninvite, name="uninvite"),
    path(f"{ONE}invitations/<int:row_id>/repondre/", views.people.answer, name="answer"),
    path(f"{ONE}presences/", views.people.presences, name="presences"),
    path("rencontre/<str:token>/", views.people.answer_link, name="answer_link"),
]
