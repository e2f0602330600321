"""Addresses of follow-up: the page of an element and what is done on it."""

from django.urls import path

from concertoit.together.plans.views import followup, item

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
    path(f"{FOLLOW}retablir/", followup.state_undo, name="state_undo"),
]
