"""Addresses of prioritisation and money; the one under ``/priorites/`` is a personal link, without an account."""

from django.urls import path

from concertoit.together.decisions.views import (
    money,
    money_recommendation,
    prioritisation,
    prioritisation_answer,
    prioritisation_files,
    prioritisation_results,
    prioritisation_voices,
)

ALL = "demarches/<slug:slug>/decider/priorisations/"
ONE = f"{ALL}<int:pk>/"
VOICE = f"{ONE}voix/<int:voice_id>/"

urlpatterns = [
    path(f"{ALL}nouvelle/", prioritisation.prioritisation_edit, name="prioritisation_add"),
    path(ONE, prioritisation.prioritisation, name="prioritisation"),
    path(f"{ONE}modifier/", prioritisation.prioritisation_edit, name="prioritisation_edit"),
    path(f"{ONE}actions/", prioritisation.prioritisation_options, name="prioritisation_options"),
    path(f"{ONE}etat/", prioritisation.prioritisation_state, name="prioritisation_state"),
    path(f"{ONE}montants/", money.prioritisation_amounts, name="prioritisation_amounts"),
    path(f"{ONE}voix/", prioritisation_voices.prioritisation_voices, name="prioritisation_voices"),
    path(f"{ONE}rappel/", prioritisation_voices.prioritisation_remind, name="prioritisation_remind"),
    path(VOICE, prioritisation_voices.prioritisation_voice, name="prioritisation_voice"),
    path(f"{VOICE}papier/", prioritisation_answer.prioritisation_paper, name="prioritisation_paper"),
    path(f"{VOICE}reponse/", prioritisation_answer.prioritisation_ballot, name="prioritisation_ballot"),
    path(f"{ONE}repondre/", prioritisation_answer.prioritisation_answer, name="prioritisation_answer"),
    path(
        f"{ONE}repondre/<int:voice_id>/", prioritisation_answer.prioritisation_answer, name="prioritisation_answer_for"
    ),
    path(f"{ONE}resultats/", prioritisation_results.prioritisation_results, name="prioritisation_results"),
    path(f"{ONE}courte-liste/", prioritisation_results.prioritisation_short_list, name="prioritisation_short_list"),
    path(f"{ONE}preuve/", prioritisation_results.prioritisation_proof, name="prioritisation_proof"),
    path(f"{ONE}verifier/", prioritisation_results.prioritisation_verify, name="prioritisation_verify"),
    path(f"{ONE}resultats.<slug:extension>", prioritisation_files.prioritisation_file, name="prioritisation_file"),
    path(f"{ONE}argent-<int:place>.pb", prioritisation_files.prioritisation_pb, name="prioritisation_pb"),
    path(f"{ONE}argent/", money.prioritisation_money, name="prioritisation_money"),
    path(f"{ONE}recommandation/", money_recommendation.recommendation, name="recommendation"),
    path(f"{ONE}recommandation/commencer/", money_recommendation.recommendation_start, name="recommendation_start"),
    path(f"{ONE}recommandation/etat/", money_recommendation.recommendation_state, name="recommendation_state"),
    path("priorites/<str:token>/", prioritisation_answer.opinion, name="opinion"),
]
