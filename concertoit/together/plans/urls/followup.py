"""Addresses of follow-up: the page of an element and what is done on it."""

from django.urls import path

from concertoit.together.plans.views import ask, bulk, calendar, followup, indicators, item, spending

ITEM = "demarches/<slug:slug>/plan/elements/<int:item_id>/"
FOLLOW = "demarches/<slug:slug>/plan/suivi/"

urlpatterns = [
    path(ITEM, item.item, name="item"),
    path(f"{ITEM}etat/", followup.state, name="item_state"),
    path(f"{ITEM}phase/", followup.phase, name="item_phase"),
    path(f"{ITEM}echeance/", followup.due, name="item_due"),
    path(f"{ITEM}notes/", followup.note, name="item_note"),
    path(f"{ITEM}notes/<int:note_id>/", followup.note_correct, name="note_correct"),
    path(f"{ITEM}meteo/", followup.outlook, name="item_outlook"),
    path(f"{ITEM}commentaires/", followup.comment, name="item_comment"),
    path(f"{ITEM}commentaires/<int:comment_id>/retirer/", followup.comment_withdraw, name="comment_withdraw"),
    path(f"{ITEM}indicateurs/ajouter/", indicators.indicator_add, name="indicator_add"),
    path(f"{ITEM}indicateurs/<int:indicator_id>/", indicators.indicator_edit, name="indicator"),
    path(f"{ITEM}indicateurs/<int:indicator_id>/retirer/", indicators.indicator_retire, name="indicator_retire"),
    path(f"{ITEM}indicateurs/<int:indicator_id>/mesures/", indicators.measure_add, name="measure_add"),
    path(f"{ITEM}mesures/<int:measure_id>/contester/", indicators.measure_contest, name="measure_contest"),
    path(f"{ITEM}contestations/<int:contest_id>/", indicators.contest_answer, name="contest_answer"),
    path(f"{ITEM}depenses/", spending.spending_add, name="spending_add"),
    path(f"{ITEM}depenses/<int:spending_id>/", spending.spending_edit, name="spending"),
    path(f"{ITEM}depenses/<int:spending_id>/retirer/", spending.spending_remove, name="spending_remove"),
    path(f"{FOLLOW}retablir/", followup.state_undo, name="state_undo"),
    path(f"{ITEM}nouvelles/", ask.ask, name="ask"),
    path(f"{FOLLOW}demandes/", ask.ask_list, name="asks"),
    path(f"{FOLLOW}demandes/<int:ask_id>/", ask.ask_change, name="ask_change"),
    path(f"{ITEM}rappels/", ask.reminder_mute, name="reminder_mute"),
    path(f"{FOLLOW}rappels/", ask.reminder_list, name="reminders"),
    path(FOLLOW, bulk.bulk, name="bulk"),
    path(f"{FOLLOW}mes-actions/", bulk.mine, name="mine"),
    path("demarches/<slug:slug>/plan/echeances.ics", calendar.space_calendar, name="calendar"),
    path("demarches/<slug:slug>/plan/echeances/", calendar.calendar_links, name="calendar_links"),
    path("calendrier/<str:token>.ics", calendar.personal_calendar, name="personal_calendar"),
    path("nouvelles/<slug:token>/", ask.answer, name="answer"),
]
