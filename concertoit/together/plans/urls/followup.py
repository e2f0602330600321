"""Addresses of follow-up: the page of an element and what is done on it."""

from django.urls import path

from concertoit.together.plans.views import followup, indicators, item, spending

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
]
