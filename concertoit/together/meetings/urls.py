"""Addresses: meetings of bodies and committees."""

from django.urls import path

from concertoit.together.meetings import views

app_name = "meetings"
SPACE = "demarches/<slug:slug>/rencontres/"
ONE = f"{SPACE}<int:meeting_id>/"
SERIES = f"{SPACE}series/<int:series_id>/"
MINUTES = f"{ONE}compte-rendu/<int:number>/"
LINK = "rencontre/<str:token>/compte-rendu/<int:number>/"

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
    path(f"{ONE}salle/", views.room.room, name="room"),
    path(f"{ONE}salle/point/", views.room.step, name="room_step"),
    path(f"{ONE}salle/notes/", views.room.note, name="room_record"),
    path(f"{ONE}salle/notes/<int:item_id>/", views.room.note, name="room_note"),
    path(f"{ONE}salle/suites/", views.room.add_outcome, name="outcome_add"),
    path(f"{ONE}suivre/", views.room.follow, name="follow"),
    path(f"{ONE}compte-rendu/rediger/", views.minutes.write, name="minutes_write"),
    path(MINUTES, views.minutes.minutes, name="minutes"),
    path(f"{MINUTES}modifier/", views.minutes.edit, name="minutes_edit"),
    path(f"{MINUTES}refaire/", views.minutes.renew, name="minutes_renew"),
    path(f"{MINUTES}corriger/", views.minutes.correct, name="minutes_correct"),
    path(f"{MINUTES}envoyer/", views.minutes.send, name="minutes_send"),
    path(f"{MINUTES}approuver/", views.minutes.approve, name="minutes_approve"),
    path(f"{MINUTES}comparer/", views.minutes.compare, name="minutes_compare"),
    path(f"{MINUTES}compte-rendu.<slug:extension>", views.minutes.file, name="minutes_file"),
    path(f"{SPACE}suites/<int:outcome_id>/", views.outcomes.outcome, name="outcome"),
    path(f"{SPACE}suites/<int:outcome_id>/fait/", views.outcomes.finish, name="outcome_finish"),
    path(f"{SPACE}suites/<int:outcome_id>/rouvrir/", views.outcomes.resume, name="outcome_resume"),
    path(f"{SPACE}suites/<int:outcome_id>/modifier/", views.outcomes.edit, name="outcome_edit"),
    path(f"{SPACE}suites/<int:outcome_id>/retirer/", views.outcomes.withdraw, name="outcome_withdraw"),
    path(LINK, views.minutes.minutes_link, name="minutes_link"),
    path(f"{LINK}compte-rendu.<slug:extension>", views.minutes.minutes_link, name="minutes_link_file"),
    path("rencontre/<str:token>/", views.people.answer_link, name="answer_link"),
]
