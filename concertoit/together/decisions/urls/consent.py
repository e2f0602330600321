"""Addresses of consent rounds, adoptions and deposits."""

from django.urls import path

from concertoit.together.decisions.views import (
    adoption,
    consent,
    consent_objections,
    consent_phone,
    consent_round,
    deposits,
)

SPACE = "demarches/<slug:slug>/decider/"
ALL = SPACE + "consentements/"
ONE = ALL + "<int:session_id>/"
ROUND = ALL + "propositions/<int:round_id>/"
ADOPT = SPACE + "adoptions/"
ADOPTION = ADOPT + "<int:adoption_id>/"
urlpatterns = [
    path(ALL, consent.consent_list, name="consent_list"),
    path(ALL + "nouvelle/", consent.consent_new, name="consent_new"),
    path(ONE, consent.consent_session, name="consent_session"),
    path(ONE + "presences/", consent.consent_seats, name="consent_seats"),
    path(ONE + "liens/", consent.consent_links, name="consent_links"),
    path(ONE + "proposer/", consent.consent_propose, name="consent_propose"),
    path(ONE + "clore/", consent.consent_close, name="consent_close"),
    path(ONE + "repondre/", consent_phone.consent_answer, name="consent_answer"),
    path(ROUND, consent_round.consent_round, name="consent_round"),
    path(ROUND + "salle/", consent_round.consent_room, name="consent_room"),
    path(ROUND + "etape/", consent_round.consent_move, name="consent_move"),
    path(ROUND + "modifier/", consent_round.consent_edit, name="consent_edit"),
    path(ROUND + "noter/", consent_round.consent_note, name="consent_note"),
    path(ROUND + "integrer/", consent_objections.consent_integrate, name="consent_integrate"),
    path(ROUND + "conclure/", consent_round.consent_conclude, name="consent_conclude"),
    path(ALL + "questions/<int:question_id>/", consent_round.consent_question, name="consent_question"),
    path(ALL + "mandats/<int:voice_id>/", consent_objections.consent_mandate, name="consent_mandate"),
    path(ALL + "objections/<int:objection_id>/", consent_objections.consent_objection, name="consent_objection"),
    path("consentir/<slug:token>/", consent_phone.consent_link, name="consent_link"),
    path(ADOPT + "nouvelle/", adoption.adoption_new, name="adoption_new"),
    path(ADOPT + "corrections/", adoption.adoption_corrections, name="adoption_corrections"),
    path(ADOPT + "etapes/<int:step_id>/", deposits.adoption_step, name="adoption_step"),
    path(ADOPT + "parties/<int:round_id>/mineure/", adoption.adoption_minor, name="adoption_minor"),
    path(ADOPTION + "parties/", adoption.adoption_parts, name="adoption_parts"),
    path(ADOPTION + "en-vigueur/", adoption.adoption_adopt, name="adoption_adopt"),
    path(ADOPTION + "abandonner/", adoption.adoption_abandon, name="adoption_abandon"),
    path(ADOPTION + "actes/", adoption.adoption_record, name="adoption_record"),
    path(ADOPTION + "actes.<slug:extension>", adoption.adoption_file, name="adoption_file"),
    path(SPACE + "depots/", deposits.deposits, name="deposits"),
    path(SPACE + "depots/nouveau/", deposits.deposit_new, name="deposit_new"),
    path(SPACE + "depots/<int:filing_id>/accuse/", deposits.deposit_receipt, name="deposit_receipt"),
]
